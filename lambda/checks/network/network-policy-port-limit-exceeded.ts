import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { faultyPolicies, policyName } from '../../facts/network/policy-faults.ts';
import { directionsBeyondPortLimit, PORT_LIMIT } from '../../facts/network/rule-faults.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A policy that gives one peer more than 24 ports or ranges, where the VPC CNI enforces: its agent holds 24 for an address. That it leaves out the rest, and
 * says so in its log alone, is inferred from the agent's source. Ports that several policies give the same address are not added up.
 */
export const networkPolicyPortLimitExceeded = defineCheck({
  id: 'network-policy-port-limit-exceeded',
  revision: 1,
  area: 'network',
  title: 'A network policy has more ports than its engine holds',
  severity: 'medium',
  rationale: 'Which ports are left out is chance: what works today is cut tomorrow, and where the rule denies, it denies less than it says.',
  remediation: 'Join ports to ranges by endPort, or name fewer.',
  references: ['https://github.com/aws/aws-network-policy-agent', 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['namespacedPolicies', 'policyEnforcement'],
  identity: { resource: 'the policy', key: 'direction' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ namespacedPolicies, policyEnforcement }) {
    if (!enforcingEngines(policyEnforcement).has(VPC_CNI)) return;
    for (const { policy, faults: directions } of faultyPolicies(namespacedPolicies, directionsBeyondPortLimit)) {
      for (const direction of directions) {
        yield {
          resource: policy.resource,
          key: direction,
          message: `${policyName(policy)} gives one ${direction} peer more than ${PORT_LIMIT} ports; by its source the VPC CNI leaves out the rest`,
          cause: `${policyName(policy)}: more than ${PORT_LIMIT} ports for ${direction}`,
          evidence: { limit: PORT_LIMIT, inferred: true },
        };
      }
    }
  },
});
