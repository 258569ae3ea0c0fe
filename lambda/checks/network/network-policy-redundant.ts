import { policyName } from '../../facts/network/policy-faults.ts';
import { redundantPolicies } from '../../facts/network/redundant-policies.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A policy each of whose rules other policies of the namespace have as well, for the same pods or for all of them. To take it away changes nothing, whatever pods come.
 * Of two that say the same, both are found.
 */
export const networkPolicyRedundant = defineCheck({
  id: 'network-policy-redundant',
  revision: 1,
  area: 'network',
  title: 'A network policy says what others say already',
  severity: 'info',
  rationale: 'Who closes something in one of them finds it open still, by the other.',
  remediation: 'Keep one of them.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: '`redundant`' },
  *evaluate({ namespacedPolicies }) {
    for (const policy of redundantPolicies(namespacedPolicies)) {
      yield {
        resource: policy.resource,
        key: 'redundant',
        message: `${policyName(policy)} says nothing that other policies of ${policy.resource.namespace} do not say of the same pods`,
        // Sets of policies that were made by one template are so everywhere: one thing to look at.
        cause: 'redundant policies',
        evidence: { isolates: policy.isolates },
        restsOn: [policy.source],
      };
    }
  },
});
