import { DIRECTIONS } from '../../facts/network/policy.ts';
import { policiesWithRules, policyName } from '../../facts/network/policy-faults.ts';
import { RULE_TRAITS } from '../../facts/network/rule-traits.ts';
import { defineCheck } from '../define-check.ts';

/** One rule with an item that is a podSelector alone and another that is a namespaceSelector alone: one dash too many, and the two are alternatives. */
export const networkPolicyAccidentalOr = defineCheck({
  id: 'network-policy-accidental-or',
  revision: 1,
  area: 'network',
  title: 'A network policy may mean “and” where it says “or”',
  severity: 'info',
  rationale: 'Meant were some pods of those namespaces; let through are all pods of them, and pods of the own namespace besides.',
  remediation: 'Put podSelector and namespaceSelector into one item of the list, or into two rules if both are meant.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: 'direction' },
  *evaluate({ namespacedPolicies }) {
    for (const direction of DIRECTIONS) {
      for (const { policy, rules } of policiesWithRules(namespacedPolicies, direction, RULE_TRAITS.accidentalOr)) {
        const name = policyName(policy);
        yield {
          resource: policy.resource,
          key: direction,
          message: `${name} lets through all pods of some namespaces or some pods of its own, in one ${direction} rule`,
          cause: `${name}: ${direction} by either selector`,
          evidence: { rules: rules.map(({ index }) => index) },
          restsOn: [policy.source],
        };
      }
    }
  },
});
