import { apiEndpointPublic } from '../../../lambda/checks/api-server/api-endpoint-public.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, inVpc, publicTo } from './eks-cluster.ts';

const found = { resource: CLUSTER, key: 'public' };

export const cases = {
  check: apiEndpointPublic,
  pass: [
    { name: 'the public endpoint is off', sources: { eksCluster: inVpc({ endpointPublicAccess: false, publicAccessCidrs: ['198.51.100.0/24'] }) } },
    { name: 'open to the Internet is another finding', sources: { eksCluster: publicTo('0.0.0.0/0') } },
    { name: 'wider than one organization is another finding', sources: { eksCluster: publicTo('52.0.0.0/8') } },
  ],
  fail: [
    {
      name: 'limited to two offices',
      sources: { eksCluster: publicTo('203.0.113.0/24', '198.51.100.0/24') },
      findings: [{ ...found, message: 'The public endpoint is on, limited to 198.51.100.0/24 and 203.0.113.0/24', cause: 'public endpoint on, limited' }],
    },
    { name: 'private ranges only', sources: { eksCluster: publicTo('10.0.0.0/8') }, findings: [found] },
    { name: 'what is no block at all', sources: { eksCluster: publicTo('office') }, findings: [found] },
  ],
} satisfies CheckCases;
