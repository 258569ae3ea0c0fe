import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/** The public endpoint is on, limited to narrow blocks. Wider ones are other findings, which the same repair removes. */
export const apiEndpointPublic = defineCheck({
  id: 'api-endpoint-public',
  revision: 1,
  area: 'api-server',
  title: 'The API server can be reached from outside the VPC',
  severity: 'medium',
  rationale: 'Everybody behind the allowed addresses, guests and malware of an office network included, can try credentials and exploits on the API server.',
  remediation: 'Switch the private endpoint on, reach it through a VPN or a bastion, and switch the public endpoint off.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html'],
  controls: ['cis-eks-1.8.0/5.4.2', 'nsa-1.2/network-separation', 'attack/T1133', 'ms-k8s/MS-TA9029'],
  needs: ['apiEndpoint'],
  identity: { resource: 'the cluster', key: '`public`' },
  unjudged: ({ apiEndpoint }) => apiEndpoint.unjudged,
  *evaluate({ apiEndpoint: { resource, public: isPublic, cidrs, internet, wide } }) {
    if (!isPublic || internet.length > 0 || wide.length > 0) return;
    yield {
      resource,
      key: 'public',
      message: `The public endpoint is on, limited to ${listed(cidrs)}`,
      cause: 'public endpoint on, limited',
      evidence: { publicAccessCidrs: cidrs },
    };
  },
});
