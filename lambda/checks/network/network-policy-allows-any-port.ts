import { policiesWithRules, policyName } from '../../facts/network/policy-faults.ts';
import { RULE_TRAITS } from '../../facts/network/rule-traits.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An ingress rule that names pods by their labels, or addresses, and no ports. Info: who is named is meant, and few programs listen on more than they serve.
 * A rule for all of a namespace is left out: who trusts all of it means all of it.
 */
export const networkPolicyAllowsAnyPort = defineCheck({
  id: 'network-policy-allows-any-port',
  revision: 1,
  area: 'network',
  title: 'A network policy opens every port to those it names',
  severity: 'info',
  rationale: 'A neighbour that is taken over reaches debug ports, metrics and consoles beside the one port that it was to use.',
  remediation: 'List the ports that are served.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: '`ingress`' },
  *evaluate({ namespacedPolicies }) {
    for (const { policy, rules } of policiesWithRules(namespacedPolicies, 'ingress', RULE_TRAITS.anyPort)) {
      yield {
        resource: policy.resource,
        key: 'ingress',
        message: `${policyName(policy)} names who may come in and no ports`,
        cause: `${policyName(policy)}: ingress on every port`,
        evidence: { rules: rules.map(({ index }) => index) },
        restsOn: [policy.source],
      };
    }
  },
});
