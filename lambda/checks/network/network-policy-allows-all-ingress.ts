import { policiesWithRules, policyName } from '../../facts/network/policy-faults.ts';
import { RULE_TRAITS } from '../../facts/network/rule-traits.ts';
import { defineCheck } from '../define-check.ts';

/**
 * An ingress rule without ports for everybody (`{}`, empty lists mean the same) or for every pod of every namespace. Rules count only in a
 * direction that the policy isolates.
 */
export const networkPolicyAllowsAllIngress = defineCheck({
  id: 'network-policy-allows-all-ingress',
  revision: 1,
  area: 'network',
  title: 'A network policy lets everybody in',
  severity: 'high',
  rationale: 'The policy looks like a wall and stands open: whoever is in the cluster reaches every port of these pods.',
  remediation: 'Name the peers and ports that are needed, and take the rule for everybody away.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'ms-k8s/MS-TA9034'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: '`ingress`' },
  *evaluate({ namespacedPolicies }) {
    for (const { policy, rules } of policiesWithRules(namespacedPolicies, 'ingress', RULE_TRAITS.forAll)) {
      yield {
        resource: policy.resource,
        key: 'ingress',
        message: `${policyName(policy)} admits everybody on every port`,
        cause: `${policyName(policy)}: allows all ingress`,
        evidence: { rules: rules.map(({ index }) => index), everybody: rules.some(({ everybody }) => everybody) },
        restsOn: [policy.source],
      };
    }
  },
});
