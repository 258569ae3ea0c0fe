import { faultyPolicies, policyName } from '../../facts/network/policy-faults.ts';
import { defineCheck } from '../define-check.ts';

/** policyTypes is given and does not list a direction for which the policy has rules: they count for nothing, and the pods stay open that way. */
export const networkPolicyRulesIgnored = defineCheck({
  id: 'network-policy-rules-ignored',
  revision: 1,
  area: 'network',
  title: 'A network policy has rules that nothing looks at',
  severity: 'medium',
  rationale: 'Somebody wrote down what these pods may do, and believes that they may do nothing else; they may do everything.',
  remediation: 'List the direction in policyTypes, or take its rules away.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation'],
  needs: ['namespacedPolicies'],
  identity: { resource: 'the policy', key: 'direction' },
  *evaluate({ namespacedPolicies }) {
    for (const { policy, faults: ignored } of faultyPolicies(namespacedPolicies, (each) => each.ignored)) {
      for (const direction of ignored) {
        yield {
          resource: policy.resource,
          key: direction,
          message: `${policyName(policy)} has ${direction} rules, and its policyTypes does not list ${direction === 'ingress' ? 'Ingress' : 'Egress'}`,
          cause: `${policyName(policy)}: ${direction} rules ignored`,
          evidence: { policyTypes: policy.isolates },
          restsOn: [policy.source],
        };
      }
    }
  },
});
