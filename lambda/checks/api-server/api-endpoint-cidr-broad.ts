import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The public endpoint is on, not open to the Internet, and allows more addresses in one piece than an organization has (wider than a /16
 * of IPv4 or a /32 of IPv6, neighbouring blocks joined); or names private ranges, from which no packet arrives at it.
 */
export const apiEndpointCidrBroad = defineCheck({
  id: 'api-endpoint-cidr-broad',
  revision: 1,
  area: 'api-server',
  title: 'Whole provider networks can reach the API server',
  severity: 'medium',
  rationale: 'A block wider than your own network lets in everybody who rents a machine or a line from the same provider.',
  remediation: 'Name the exact addresses of your offices, VPNs and build systems in publicAccessCidrs, and take private ranges out of it.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html'],
  controls: ['cis-eks-1.8.0/5.4.1', 'nsa-1.2/network-separation', 'attack/T1133', 'ms-k8s/MS-TA9029'],
  needs: ['apiEndpoint'],
  identity: { resource: 'the cluster', key: '`wide` or `private-range`' },
  unjudged: ({ apiEndpoint }) => apiEndpoint.unjudged,
  *evaluate({ apiEndpoint: { resource, cidrs, internet, wide, privateOnly } }) {
    // Open to the Internet is a finding of its own, and narrowing the list repairs both.
    if (internet.length > 0) return;
    if (wide.length > 0) {
      yield {
        resource,
        key: 'wide',
        message: `The API server is allowed from ${listed(wide)}, more addresses than one organization has`,
        cause: 'publicAccessCidrs wider than one organization',
        evidence: { publicAccessCidrs: cidrs, wide },
      };
    }
    if (privateOnly.length > 0) {
      yield {
        resource,
        key: 'private-range',
        severity: 'low',
        message: `publicAccessCidrs names ${listed(privateOnly)}, private addresses that never reach the public endpoint`,
        cause: 'private ranges in publicAccessCidrs',
        evidence: { publicAccessCidrs: cidrs, private: privateOnly },
      };
    }
  },
});
