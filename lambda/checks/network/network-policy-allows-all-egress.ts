import { policiesWithRules, policyName } from '../../facts/network/policy-faults.ts';
import { RULE_TRAITS } from '../../facts/network/rule-traits.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An egress rule without ports for everybody (`{}`, empty lists mean the same) or for every pod of every namespace. Rules count only in a
 * direction that the policy isolates.
 */
export const networkPolicyAllowsAllEgress = defineCheck({
  id: 'network-policy-allows-all-egress',
  revision: 1,
  area: 'network',
  title: 'A network policy lets everything out',
  severity: 'medium',
  rationale: 'The policy looks like a limit and is none: a pod taken over reaches everything in and outside of the cluster.',
  remediation: 'Name the peers and ports that are needed, and take the rule for everybody away.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: '`egress`' },
  *evaluate({ namespacedPolicies }) {
    for (const { policy, rules } of policiesWithRules(namespacedPolicies, 'egress', RULE_TRAITS.forAll)) {
      yield {
        resource: policy.resource,
        key: 'egress',
        message: `${policyName(policy)} lets its pods connect to everything on every port`,
        cause: `${policyName(policy)}: allows all egress`,
        evidence: { rules: rules.map(({ index }) => index), everybody: rules.some(({ everybody }) => everybody) },
        restsOn: [policy.source],
      };
    }
  },
});
