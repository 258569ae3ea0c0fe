import { defineCheck } from '../define-check.ts';

/**
 * get on nodes/log, stats, metrics, pods, configz or spec; get on the addresses /metrics, /debug, /logs and their like, by a ClusterRoleBinding.
 */
export const clusterInternalsRead = defineCheck({
  id: 'cluster-internals-read',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may look inside nodes and control plane',
  severity: 'low',
  rationale:
    'Logs and metrics tell names, versions, addresses and sometimes credentials, and profiles cost the API server time: they prepare an attack.',
  remediation: 'Leave them to the monitoring that reads them.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/',
    'https://kubernetes.io/docs/concepts/cluster-administration/system-metrics/',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1613'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['kubelet-read', 'internals-read'] as const) yield* rbacGrants.byPower[power];
  },
});
