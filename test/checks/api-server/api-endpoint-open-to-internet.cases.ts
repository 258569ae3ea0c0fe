import { apiEndpointOpenToInternet } from '../../../lambda/checks/api-server/api-endpoint-open-to-internet.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, inVpc, publicTo } from './eks-cluster.ts';

const found = { resource: CLUSTER, key: 'internet' };

export const cases = {
  check: apiEndpointOpenToInternet,
  pass: [
    { name: 'the public endpoint is off', sources: {} },
    { name: 'everywhere is listed, but the public endpoint is off', sources: { eksCluster: inVpc({ endpointPublicAccess: false, publicAccessCidrs: ['0.0.0.0/0'] }) } },
    { name: 'one office', sources: { eksCluster: publicTo('198.51.100.0/24') } },
    { name: 'a quarter of IPv4', sources: { eksCluster: publicTo('0.0.0.0/2') } },
    { name: 'private ranges, as wide as they are', sources: { eksCluster: publicTo('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16') } },
  ],
  fail: [
    {
      name: '0.0.0.0/0',
      sources: { eksCluster: publicTo('0.0.0.0/0') },
      findings: [{ ...found, message: 'The API server is allowed from 0.0.0.0/0, everywhere', cause: 'publicAccessCidrs as wide as the Internet' }],
    },
    {
      name: 'two halves',
      sources: { eksCluster: publicTo('128.0.0.0/1', '0.0.0.0/1') },
      findings: [{ ...found, message: 'The API server is allowed from 0.0.0.0/1 and 128.0.0.0/1, together everywhere' }],
    },
    { name: '::/0 beside one office', sources: { eksCluster: publicTo('198.51.100.0/24', '::/0') }, findings: [found] },
    { name: 'all of the IPv6 that is given out', sources: { eksCluster: publicTo('2000::/3') }, findings: [found] },
    {
      name: 'everything but private ranges',
      sources: { eksCluster: publicTo('0.0.0.0/5', '8.0.0.0/7', '11.0.0.0/8', '12.0.0.0/6', '16.0.0.0/4', '32.0.0.0/3', '64.0.0.0/2', '128.0.0.0/1') },
      findings: [{ ...found, message: 'The API server is allowed from 0.0.0.0/5, 11.0.0.0/8, 12.0.0.0/6 and 5 more, together everywhere' }],
    },
    {
      name: 'half of the Internet',
      sources: { eksCluster: publicTo('0.0.0.0/1') },
      findings: [{ ...found, message: 'The API server is allowed from 0.0.0.0/1, 56 % of the Internet' }],
    },
    { name: 'no block listed, which EKS takes as everywhere', sources: { eksCluster: publicTo() }, findings: [{ ...found, message: 'The API server is allowed from 0.0.0.0/0, everywhere' }] },
    { name: 'a malformed block beside everywhere', sources: { eksCluster: publicTo('0.0.0.0/0', 'office') }, findings: [found] },
  ],
} satisfies CheckCases;
