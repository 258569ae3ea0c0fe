import { enforcingEngines } from '../../facts/network/enforcing-engines.ts';
import { leakingExceptions } from '../../facts/network/leaking-exceptions.ts';
import { VPC_CNI } from '../../facts/network/policy-enforcement.ts';
import { policyName } from '../../facts/network/policy-faults.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An exception of a block lies in what another rule for the same pods lets through, where the VPC CNI enforces: its agent writes the exception as a denial of that block, which then holds for all
 * rules. Inferred from its source and the issues about it; it cuts and opens nothing.
 */
export const networkPolicyExceptionLeak = defineCheck({
  id: 'network-policy-exception-leak',
  revision: 1,
  area: 'network',
  title: 'An exception in one rule cuts what another rule allows',
  severity: 'low',
  rationale: 'What is allowed does not work, nobody finds out why, and policies that break things are soon taken away.',
  remediation: 'Allow the excepted block by itself where it is to be reached, or name the pods there by their labels.',
  references: ['https://github.com/aws/aws-network-policy-agent/issues/180', 'https://github.com/aws/aws-network-policy-agent/issues/92'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['namespacedPolicies', 'policyEnforcement'],
  identity: { resource: 'the policy', key: 'direction' },
  unjudged: ({ policyEnforcement }) => policyEnforcement.unjudged,
  *evaluate({ namespacedPolicies, policyEnforcement }) {
    if (!enforcingEngines(policyEnforcement).has(VPC_CNI)) return;
    for (const { policy, direction, cidrs, cut, more } of leakingExceptions(namespacedPolicies)) {
      const names = cut.map(policyName);
      yield {
        resource: policy.resource,
        key: direction,
        message: `Exceptions of ${listed(cidrs)} in ${policyName(policy)} cut what ${more ? `${names.slice(0, 3).join(', ')} and many more` : listed(names)} ${names.length === 1 ? 'allows' : 'allow'} for ${direction}; by its source the VPC CNI takes them for denials`,
        // Policies that were made by one template have it everywhere: one thing to repair.
        cause: `exceptions that cut other ${direction} rules`,
        evidence: { cidrs, cut: names, ...(more ? { andOthers: true } : {}), inferred: true },
        restsOn: [policy.source, 'daemonSets'],
      };
    }
  },
});
