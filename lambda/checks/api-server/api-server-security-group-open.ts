import { clusterResource } from '../../facts/endpoint/cluster-resource.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A security group on the control plane's network interfaces (clusterSecurityGroupId, securityGroupIds) admits 443, 10250 or everything from
 * sources that together are as good as the Internet.
 */
export const apiServerSecurityGroupOpen = defineCheck({
  id: 'api-server-security-group-open',
  revision: 1,
  area: 'api-server',
  title: 'The security groups of the control plane admit everybody',
  severity: 'high',
  rationale:
    'The private endpoint, and with the cluster’s own group every node’s kubelet, is open to whoever gets a route to it: a peered network, a VPN, a public subnet.',
  remediation: 'Let the group admit only the groups of nodes and the addresses that use the private endpoint.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html'],
  controls: ['nsa-1.2/network-separation', 'attack/T1133'],
  needs: ['controlPlaneGroups', 'eksCluster'],
  fields: { eksCluster: ['name'] },
  identity: { resource: 'the cluster', key: 'id of the security group' },
  unjudged: ({ controlPlaneGroups }) => controlPlaneGroups.unjudged,
  *evaluate({ controlPlaneGroups, eksCluster }) {
    for (const { id, openPorts, families } of controlPlaneGroups.groups) {
      if (openPorts.length === 0) continue;
      yield {
        resource: clusterResource(eksCluster),
        key: id,
        message: `Security group ${id} of the control plane admits ${openPorts[0] === 'all' ? 'everything' : `port ${listed(openPorts)}`} from everywhere`,
        cause: 'security group of the control plane open to everybody',
        evidence: { securityGroup: id, ports: openPorts, families },
      };
    }
  },
});
