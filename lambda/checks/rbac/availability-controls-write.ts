import { defineCheck } from '../define-check.ts';

/**
 * any write on quotas, limit ranges, disruption budgets, priority and runtime classes, on flow schemas and priority levels; update or patch on
 * leases of kube-system and kube-node-lease.
 */
export const availabilityControlsWrite = defineCheck({
  id: 'availability-controls-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may disturb what keeps the cluster available',
  severity: 'medium',
  rationale:
    'Priorities push others out of their nodes, flow schemas starve requests, leases stop controllers and make dead nodes look alive, and without quotas one namespace takes all.',
  remediation: 'Leave quotas, priorities and leases to administrators and controllers.',
  references: [
    'https://kubernetes.io/docs/concepts/cluster-administration/flow-control/',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
    'https://kubernetes.io/docs/concepts/architecture/leases/',
  ],
  controls: ['nsa-1.2/pod-security', 'attack/T1499'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['flow-control-write', 'limits-write', 'lease-write'] as const) yield* rbacGrants.byPower[power];
  },
});
