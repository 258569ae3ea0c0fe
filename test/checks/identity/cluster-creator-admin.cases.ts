import { clusterCreatorAdmin } from '../../../lambda/checks/identity/cluster-creator-admin.ts';
import { TEST_CLUSTER } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, eksCluster, entries } from './identity-objects.ts';

const mode = (authenticationMode: string, more: object = {}) => ({ eksCluster: eksCluster('CONFIG_MAP', { accessConfig: { authenticationMode, ...more } }) });
const cluster = { apiVersion: 'eks.amazonaws.com/v1', kind: 'Cluster', name: TEST_CLUSTER.name };

export const cases = {
  check: clusterCreatorAdmin,
  pass: [{ name: 'aws-auth alone, and a creator who was not let in', sources: mode('CONFIG_MAP', { bootstrapClusterCreatorAdminPermissions: false }) }],
  fail: [
    {
      name: 'aws-auth alone',
      sources: mode('CONFIG_MAP', { bootstrapClusterCreatorAdminPermissions: true }),
      findings: [{ resource: cluster, key: 'creator', message: 'Whoever of IAM created the cluster is in system:masters, without an entry that shows it', cause: 'creator in system:masters' }],
    },
    { name: 'aws-auth alone, of before it was said', sources: mode('CONFIG_MAP'), findings: [{ resource: cluster, key: 'creator' }] },
  ],
  notApplicable: [
    { name: 'access entries, the creator among them: told as that entry', sources: { ...entries({ principalArn: `${ROLE}creator`, policies: { AmazonEKSClusterAdminPolicy: [] } }), ...mode('API', { bootstrapClusterCreatorAdminPermissions: true }) } },
    { name: 'both', sources: mode('API_AND_CONFIG_MAP', { bootstrapClusterCreatorAdminPermissions: true }) },
  ],
} satisfies CheckCases;
