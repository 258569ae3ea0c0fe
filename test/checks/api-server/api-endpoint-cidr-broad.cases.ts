import { apiEndpointCidrBroad } from '../../../lambda/checks/api-server/api-endpoint-cidr-broad.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, inVpc, publicTo } from './eks-cluster.ts';

const wide = { resource: CLUSTER, key: 'wide' };
const privateRange = { resource: CLUSTER, key: 'private-range', severity: 'low' } as const;

export const cases = {
  check: apiEndpointCidrBroad,
  pass: [
    { name: 'a /16 and a /32 of IPv6 are as wide as one organization', sources: { eksCluster: publicTo('52.94.0.0/16', '2a05:d018::/32') } },
    { name: 'open to the Internet is another finding', sources: { eksCluster: publicTo('0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8') } },
    { name: 'the public endpoint is off', sources: { eksCluster: inVpc({ endpointPublicAccess: false, publicAccessCidrs: ['52.0.0.0/8', '10.0.0.0/8'] }) } },
    { name: 'two /16 apart', sources: { eksCluster: publicTo('52.94.0.0/16', '52.96.0.0/16') } },
  ],
  fail: [
    {
      name: 'a /15',
      sources: { eksCluster: publicTo('52.94.0.0/15', '198.51.100.7/32') },
      findings: [{ ...wide, message: 'The API server is allowed from 52.94.0.0/15, more addresses than one organization has' }],
    },
    { name: 'two /16 side by side are a /15', sources: { eksCluster: publicTo('52.94.0.0/16', '52.95.0.0/16') }, findings: [wide] },
    { name: 'a /31 of IPv6', sources: { eksCluster: publicTo('2a05:d018::/31') }, findings: [wide] },
    {
      name: 'a private range',
      sources: { eksCluster: publicTo('10.0.0.0/8', '198.51.100.0/24') },
      findings: [{ ...privateRange, message: 'publicAccessCidrs names 10.0.0.0/8, private addresses that never reach the public endpoint' }],
    },
    { name: 'both', sources: { eksCluster: publicTo('192.168.7.0/24', '52.0.0.0/8') }, findings: [wide, privateRange] },
  ],
} satisfies CheckCases;
