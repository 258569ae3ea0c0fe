import { defineCheck } from '../define-check.ts';

/**
 * A `*` for the resources with verbs that are not all, or a `*` for the verbs on Secrets or pods. Such rules also grant what later versions
 * add.
 */
export const wildcardPermissions = defineCheck({
  id: 'wildcard-permissions',
  revision: 1,
  area: 'rbac',
  title: 'A wildcard gives more than anybody listed',
  severity: 'high',
  worstSeverity: 'critical',
  rationale:
    'A rule on all resources takes in Secrets, the kubelet proxy and every kind that is installed later; reading everything is enough to take every credential in it.',
  remediation: 'Name the resources and verbs that are used.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  controls: ['cis-eks-1.8.0/4.1.3', 'nsa-1.2/authentication', 'attack/T1078'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['edit-all', 'write-all', 'read-all', 'delete-all', 'secrets-all', 'pods-all'] as const) yield* rbacGrants.byPower[power];
  },
});
