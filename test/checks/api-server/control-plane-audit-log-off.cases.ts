import { controlPlaneAuditLogOff } from '../../../lambda/checks/api-server/control-plane-audit-log-off.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, eksCluster } from './eks-cluster.ts';

const found = { resource: CLUSTER, key: 'audit' };
const types = (enabled: string[], disabled: string[]) =>
  eksCluster({ logging: { clusterLogging: [{ types: disabled, enabled: false }, { types: enabled, enabled: true }] } });

export const cases = {
  check: controlPlaneAuditLogOff,
  pass: [
    { name: 'all types', sources: {} },
    { name: 'audit alone, the others off', sources: { eksCluster: types(['audit'], ['api', 'scheduler']) } },
  ],
  fail: [
    {
      name: 'nothing is logged, as EKS makes a cluster',
      sources: { eksCluster: eksCluster({ logging: { clusterLogging: [{ types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], enabled: false }] } }) },
      findings: [{ ...found, message: 'The audit log of the API server is off', cause: 'audit log off' }],
    },
    { name: 'all types but audit', sources: { eksCluster: types(['api', 'authenticator', 'controllerManager', 'scheduler'], ['audit']) }, findings: [found] },
    { name: 'an empty list', sources: { eksCluster: eksCluster({ logging: { clusterLogging: [] } }) }, findings: [found] },
  ],
} satisfies CheckCases;
