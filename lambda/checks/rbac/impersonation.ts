import { defineCheck } from '../define-check.ts';

/** impersonate on users, on the group system:masters, or on ServiceAccounts (where a RoleBinding is enough). */
export const impersonation = defineCheck({
  id: 'impersonation',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may act as somebody else',
  severity: 'high',
  worstSeverity: 'critical',
  rationale:
    'An impersonated user need not exist: the caller takes on system:masters, or the controllers of Kubernetes, or any account of a namespace, and RBAC lets it do what they may.',
  remediation: 'Limit impersonate by resourceNames to the users and groups that are meant.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  controls: ['cis-eks-1.8.0/4.1.8', 'nsa-1.2/authentication', 'attack/T1078'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['impersonation', 'service-account-impersonation'] as const) yield* rbacGrants.byPower[power];
  },
});
