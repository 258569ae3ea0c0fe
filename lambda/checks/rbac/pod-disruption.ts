import { defineCheck } from '../define-check.ts';

/** delete on pods or nodes, create on pods/eviction, on pods/binding or bindings, update or patch on pods/status. */
export const podDisruption = defineCheck({
  id: 'pod-disruption',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may stop, move or misreport pods',
  severity: 'medium',
  rationale:
    'Pods that are deleted or evicted start again elsewhere: with a node that waits for them their credentials are caught there. A changed status takes a pod out of its Service, or puts its address there.',
  remediation: 'Leave eviction, binding and status to the controllers that do it, and deletion to those who own the workloads.',
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  controls: ['attack/T1489', 'attack/T1499'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['pod-removal', 'node-removal', 'pod-binding', 'pod-status-write'] as const) yield* rbacGrants.byPower[power];
  },
});
