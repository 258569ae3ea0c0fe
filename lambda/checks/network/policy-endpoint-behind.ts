import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import { lateClusterEndpoints, lateEndpoints, type LateEndpoints } from '../../facts/network/policy-endpoints.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { unsaid } from '../../facts/unsaid.ts';
import { defineCheck } from '../define-check.ts';
import { resourceWithKind } from '../../model/resource-words.ts';

/**
 * Where the VPC CNI enforces: a policy for which its controller has written no PolicyEndpoint, or those of an earlier version of the policy, and PolicyEndpoints of
 * a policy that is gone. Behind for a moment it is after every change: a finding opens when two looks in a row have seen it.
 */
export const policyEndpointBehind = defineCheck({
  id: 'policy-endpoint-behind',
  revision: 1,
  area: 'network',
  title: 'What is enforced is not what the network policies say',
  severity: 'high',
  passing: true,
  rationale: 'The policy that people read is not the one that holds: what it closes is open, or what it opens is cut, and nothing shows it.',
  remediation: 'Delete the PolicyEndpoints of the policy, which the controller writes anew; if none come, ask AWS why the controller stands.',
  references: ['https://github.com/aws/aws-network-policy-agent/issues/643', 'https://docs.aws.amazon.com/eks/latest/userguide/network-policies-troubleshooting.html'],
  controls: ['cis-eks-1.8.0/4.3.1', 'nsa-1.2/network-separation'],
  needs: ['namespacedPolicies', 'policyEnforcement', 'tierPolicies'],
  wants: ['clusterPolicyEndpoints', 'policyEndpoints'],
  fields: {
    clusterPolicyEndpoints: ['spec.policyRef', 'spec.tier', 'spec.priority'],
    policyEndpoints: ['spec.policyRef', 'spec.podSelector', 'spec.podIsolation'],
  },
  identity: { resource: 'the policy', key: '`missing`, `stale` or `orphaned`' },
  unjudged({ namespacedPolicies, policyEnforcement, tierPolicies, policyEndpoints, clusterPolicyEndpoints }) {
    if (!enforcingEngines(policyEnforcement).has(VPC_CNI)) return policyEnforcement.unjudged;
    const assumed = [
      ...(policyEndpoints.ok && policyEndpoints.assumed !== undefined && namespacedPolicies.length > 0 ? [unsaid('policyEndpoints', policyEndpoints.assumed)] : []),
      ...(clusterPolicyEndpoints.ok && clusterPolicyEndpoints.assumed !== undefined && tierPolicies.some(({ source }) => source === 'eksClusterNetworkPolicies') ? [unsaid('clusterPolicyEndpoints', clusterPolicyEndpoints.assumed)] : []),
    ];
    return [...policyEnforcement.unjudged, ...assumed];
  },
  *evaluate({ namespacedPolicies, policyEnforcement, tierPolicies, policyEndpoints, clusterPolicyEndpoints }) {
    if (!enforcingEngines(policyEnforcement).has(VPC_CNI)) return;
    // Of what a capture does not hold nothing is missing.
    const late = [
      ...(policyEndpoints.ok && policyEndpoints.assumed === undefined ? lateEndpoints(namespacedPolicies, policyEndpoints.value) : []),
      ...(clusterPolicyEndpoints.ok && clusterPolicyEndpoints.assumed === undefined ? lateClusterEndpoints(tierPolicies, clusterPolicyEndpoints.value) : []),
    ];
    for (const { resource, fault, differs } of late) {
      const name = resourceWithKind(resource);
      yield { resource, key: fault, message: messageOf(fault, name, differs), cause: CAUSES[fault], evidence: { differs }, restsOn: resource.namespace === undefined ? ['clusterPolicyEndpoints', 'eksClusterNetworkPolicies'] : ['applicationNetworkPolicies', 'networkPolicies', 'policyEndpoints'] };
    }
  },
});

const CAUSES: { readonly [F in LateEndpoints['fault']]: string } = {
  missing: 'the controller has written nothing for policies',
  stale: 'the controller has not taken up changes of policies',
  orphaned: 'the controller has not taken back what it wrote for deleted policies',
};

function messageOf(fault: LateEndpoints['fault'], name: string, differs: readonly string[]): string {
  if (fault === 'missing') return `${name} is enforced nowhere: the controller has written nothing for it`;
  if (fault === 'orphaned') return `${name} is gone, and is enforced as it was`;
  return `An earlier ${name} is enforced: what the controller has written differs in ${differs.join(' and ')}`;
}
