import { difference, isEmpty, setOfCidrs, unionOf } from '../../facts/cidr/address-set.ts';
import { internetFamilies } from '../../facts/cidr/internet.ts';
import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { faultyPolicies, policyName } from '../../facts/network/policy-faults.ts';
import type { NamespacedPolicy } from '../../facts/network/policy.ts';
import { isSystemNamespace } from '../../facts/network/system-namespaces.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An ingress block in which a whole subnet of the node groups lies, where the VPC CNI or Calico enforces: pods and nodes have addresses of these subnets, and a block admits them
 * like any other. Low: load balancers in the same subnets are let in so. A block as wide as the Internet is another finding; the system's namespaces serve
 * nodes and are left out.
 */
export const networkPolicyBlockCoversNodes = defineCheck({
  id: 'network-policy-block-covers-nodes',
  revision: 2,
  area: 'network',
  title: 'An address block lets the whole cluster in',
  severity: 'low',
  rationale: 'Meant were a load balancer or machines outside; let in are every pod and node of these subnets, whatever namespace they are in.',
  remediation: 'Name the subnets of the load balancers alone, or the pods that are meant by their labels.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html', 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation'],
  needs: ['ec2Subnets', 'eksNodegroups', 'namespacedPolicies', 'policyEnforcement'],
  fields: { ec2Subnets: ['SubnetId', 'CidrBlock'], eksNodegroups: ['subnets'] },
  identity: { resource: 'the policy', key: '`ingress`' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ ec2Subnets, eksNodegroups, namespacedPolicies, policyEnforcement }) {
    const engines = enforcingEngines(policyEnforcement);
    if (!engines.has(VPC_CNI) && !engines.has('Calico')) return;
    const used = new Set(eksNodegroups.flatMap(({ subnets }) => subnets ?? []));
    const subnets = ec2Subnets.filter(({ SubnetId }) => used.has(SubnetId)).flatMap(({ CidrBlock }) => CidrBlock ?? []);
    const sets = [...new Set(subnets)].sort().map((cidr) => ({ cidr, set: setOfCidrs([cidr]).set }));
    const coveredBy = (policy: NamespacedPolicy): readonly string[] => {
      const blocks = unionOf(policy.rules.ingress.flatMap(({ peers }) => peers.flatMap((peer) => (peer.type === 'block' ? [peer.addresses] : []))));
      if (isEmpty(blocks) || internetFamilies(blocks).length > 0) return [];
      return sets.filter(({ set }) => !isEmpty(set) && isEmpty(difference(set, blocks))).map(({ cidr }) => cidr);
    };
    for (const { policy, faults: cidrs } of faultyPolicies(namespacedPolicies, coveredBy)) {
      if (isSystemNamespace(policy.resource.namespace)) continue;
      yield {
        resource: policy.resource,
        key: 'ingress',
        message: `${policyName(policy)} lets in all of ${cidrs[0]!}, from which nodes and pods of the cluster have their addresses`,
        cause: `${policyName(policy)}: block covers nodes`,
        evidence: { subnets: cidrs },
      };
    }
  },
});
