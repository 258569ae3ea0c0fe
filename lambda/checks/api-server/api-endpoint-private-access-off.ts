import { defineCheck } from '../define-check.ts';

/** endpointPrivateAccess is false: nodes and pods reach the API server through its public address. */
export const apiEndpointPrivateAccessOff = defineCheck({
  id: 'api-endpoint-private-access-off',
  revision: 1,
  area: 'api-server',
  title: 'Nodes talk to the API server over its public address',
  severity: 'medium',
  rationale: 'The traffic of nodes leaves the VPC, and the public endpoint cannot be closed while they depend on it.',
  remediation: 'Switch the private endpoint on; then narrow the public one or switch it off.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html'],
  controls: ['cis-eks-1.8.0/5.4.2', 'nsa-1.2/network-separation'],
  needs: ['apiEndpoint'],
  identity: { resource: 'the cluster', key: '`private-access`' },
  unjudged: ({ apiEndpoint }) => apiEndpoint.unjudged,
  *evaluate({ apiEndpoint }) {
    if (apiEndpoint.private || !apiEndpoint.public) return;
    yield {
      resource: apiEndpoint.resource,
      key: 'private-access',
      message: 'The private endpoint is off, so nodes and pods reach the API server by its public address alone',
      cause: 'private endpoint off',
      evidence: { endpointPrivateAccess: false },
    };
  },
});
