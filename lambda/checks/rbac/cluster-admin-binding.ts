import { defineCheck } from '../define-check.ts';

/**
 * Every verb on every resource (of all groups, or of the core group), cluster-wide or in a namespace; or what the `edit` and `admin` roles
 * come to: any workload and any Secret of a scope.
 */
export const clusterAdminBinding = defineCheck({
  id: 'cluster-admin-binding',
  revision: 1,
  area: 'rbac',
  title: 'Somebody rules the whole cluster or a whole namespace',
  severity: 'critical',
  rationale:
    'Whoever gets hold of this identity, a laptop, a CI token or a pod, owns everything that it rules: every Secret, every workload, and with the whole cluster the nodes and their IAM roles too.',
  remediation: 'Bind a role with only what the subject uses, in the namespaces where it works.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  controls: ['cis-eks-1.8.0/4.1.1', 'nsa-1.2/authentication', 'attack/T1078', 'ms-k8s/MS-TA9019'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['cluster-admin', 'namespace-admin', 'namespace-edit'] as const) yield* rbacGrants.byPower[power];
  },
});
