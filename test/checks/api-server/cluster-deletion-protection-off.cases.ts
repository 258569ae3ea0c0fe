import { clusterDeletionProtectionOff } from '../../../lambda/checks/api-server/cluster-deletion-protection-off.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, eksCluster } from './eks-cluster.ts';

export const cases = {
  check: clusterDeletionProtectionOff,
  pass: [{ name: 'on', sources: {} }],
  fail: [
    {
      name: 'off',
      sources: { eksCluster: eksCluster({ deletionProtection: false }) },
      findings: [{ resource: CLUSTER, key: 'deletion-protection', message: 'Deletion protection of the cluster is off', cause: 'deletion protection off' }],
    },
  ],
} satisfies CheckCases;
