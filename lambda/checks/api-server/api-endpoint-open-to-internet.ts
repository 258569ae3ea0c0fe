import { publicShareOf } from '../../facts/cidr/internet.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The public endpoint is on and the union of publicAccessCidrs is as good as the Internet in IPv4 or IPv6: half of it or more, in one
 * block or in several. The blocks do not count while the public endpoint is off.
 */
export const apiEndpointOpenToInternet = defineCheck({
  id: 'api-endpoint-open-to-internet',
  revision: 1,
  area: 'api-server',
  title: 'Anyone on the Internet can reach the API server',
  severity: 'critical',
  rationale:
    'A stolen token, a binding to anonymous users or a flaw in the API server can be used from anywhere, and the whole Internet tries.',
  remediation: 'Narrow publicAccessCidrs to the addresses that need it, or switch the public endpoint off and the private one on.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html',
  ],
  controls: ['cis-eks-1.8.0/5.4.1', 'nsa-1.2/network-separation', 'attack/T1133', 'ms-k8s/MS-TA9029'],
  needs: ['apiEndpoint'],
  identity: { resource: 'the cluster', key: '`internet`' },
  unjudged: ({ apiEndpoint }) => apiEndpoint.unjudged,
  *evaluate({ apiEndpoint: { resource, cidrs, allowed, internet } }) {
    if (internet.length === 0) return;
    const shares = internet.map((family) => publicShareOf(allowed, family));
    const everywhere = shares.some((share) => share === 1);
    const reach = everywhere ? 'everywhere' : `${Math.floor(Math.max(...shares) * 100)} % of the Internet`;
    yield {
      resource,
      key: 'internet',
      message: `The API server is allowed from ${listed(cidrs)}, ${cidrs.length > 1 ? 'together ' : ''}${reach}`,
      cause: 'publicAccessCidrs as wide as the Internet',
      evidence: { publicAccessCidrs: cidrs, families: internet },
    };
  },
});
