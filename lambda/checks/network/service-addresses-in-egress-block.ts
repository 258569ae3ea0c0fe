import { difference, isEmpty, setOfCidrs, type AddressSet } from '../../facts/cidr/address-set.ts';
import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { faultyPolicies, policyName } from '../../facts/network/policy-faults.ts';
import type { NamespacedPolicy } from '../../facts/network/policy.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An egress block with exceptions in which all addresses of Services lie still, where the VPC CNI enforces: it looks at the address that a pod connects to before that becomes a
 * pod's, so that every Service is let through though the pods are excepted. Inferred from its source.
 */
export const serviceAddressesInEgressBlock = defineCheck({
  id: 'service-addresses-in-egress-block',
  revision: 1,
  area: 'network',
  title: 'Pods that may only leave the cluster reach every Service in it',
  severity: 'medium',
  rationale: 'The pods of the cluster are excepted and the addresses of its Services are not: by those, whoever takes a pod over reaches all of them.',
  remediation: 'Except the address block of Services too (kubernetesNetworkConfig of the cluster).',
  references: ['https://github.com/aws/amazon-network-policy-controller-k8s', 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['eksCluster', 'namespacedPolicies', 'policyEnforcement'],
  fields: { eksCluster: ['kubernetesNetworkConfig'] },
  identity: { resource: 'the policy', key: '`egress`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ eksCluster, namespacedPolicies, policyEnforcement }) {
    const { serviceIpv4Cidr, serviceIpv6Cidr } = eksCluster.kubernetesNetworkConfig ?? {};
    const services = setOfCidrs([serviceIpv4Cidr, serviceIpv6Cidr].filter((cidr) => typeof cidr === 'string')).set;
    if (isEmpty(services) || !enforcingEngines(policyEnforcement).has(VPC_CNI)) return;
    for (const { policy, faults: cidrs } of faultyPolicies(namespacedPolicies, (each) => blocksWith(each, services))) {
      yield {
        resource: policy.resource,
        key: 'egress',
        message: `${policyName(policy)} excepts addresses and not those of Services, and by its source the VPC CNI lets its pods through to all of them`,
        cause: `${policyName(policy)}: Services in an egress block`,
        evidence: { cidrs, inferred: true },
      };
    }
  },
});

function blocksWith({ rules }: NamespacedPolicy, services: AddressSet): readonly string[] {
  const blocks = rules.egress.flatMap(({ peers }) => peers.flatMap((peer) => (peer.type === 'block' && peer.excepting ? [peer] : [])));
  return [...new Set(blocks.filter(({ addresses }) => isEmpty(difference(services, addresses))).map(({ cidr }) => cidr))].sort();
}
