import { defineCheck } from '../define-check.ts';

/** update or patch on nodes or nodes/status. */
export const nodeModify = defineCheck({
  id: 'node-modify',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may change nodes',
  severity: 'medium',
  rationale: 'Taints and labels decide where pods run: whoever sets them draws chosen pods, with their credentials, to a node under their control.',
  remediation: 'Leave nodes to the controllers of EKS and Karpenter.',
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  controls: ['attack/T1578'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['node-modify'];
  },
});
