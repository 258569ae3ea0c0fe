import { apiEndpointPrivateAccessOff } from '../../../lambda/checks/api-server/api-endpoint-private-access-off.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, inVpc } from './eks-cluster.ts';

export const cases = {
  check: apiEndpointPrivateAccessOff,
  pass: [
    { name: 'private alone', sources: {} },
    { name: 'both', sources: { eksCluster: inVpc({ endpointPublicAccess: true, publicAccessCidrs: ['198.51.100.0/24'] }) } },
  ],
  fail: [
    {
      name: 'public alone',
      sources: { eksCluster: inVpc({ endpointPublicAccess: true, endpointPrivateAccess: false, publicAccessCidrs: ['198.51.100.0/24'] }) },
      findings: [
        { resource: CLUSTER, key: 'private-access', message: 'The private endpoint is off, so nodes and pods reach the API server by its public address alone' },
      ],
    },
  ],
} satisfies CheckCases;
