import { DIRECTIONS } from '../../facts/network/policy.ts';
import { orderDependentDirections, shadowedRules, tierPolicyName } from '../../facts/network/tier-faults.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A rule of a cluster policy that nothing comes to: earlier rules of the same policy have decided about all of its peers and ports. Where EKS's order of
 * actions is the reason, the policy is another finding.
 */
export const clusterPolicyRuleShadowed = defineCheck({
  id: 'cluster-policy-rule-shadowed',
  revision: 1,
  area: 'network',
  title: 'A cluster policy has rules that nothing comes to',
  severity: 'low',
  rationale: 'Somebody wrote down who may talk to whom, and the first rule that matches has decided otherwise.',
  remediation: 'Put the narrower rule first, or take it away.',
  references: ['https://network-policy-api.sigs.k8s.io/api-overview/'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['tierPolicies'],
  identity: { resource: 'the policy', key: 'direction' },
  *evaluate({ tierPolicies }) {
    for (const policy of tierPolicies) {
      for (const direction of DIRECTIONS) {
        const rules = shadowedRules(policy, direction);
        if (rules.length === 0 || orderDependentDirections(policy).includes(direction)) continue;
        yield {
          resource: policy.resource,
          key: direction,
          message: `${tierPolicyName(policy)} has ${direction} rules about which earlier ones have decided`,
          cause: `${tierPolicyName(policy)}: ${direction} rules shadowed`,
          evidence: { rules: rules.map(({ index }) => index) },
          restsOn: [policy.source],
        };
      }
    }
  },
});
