import { tiedDenials } from '../../facts/network/tied-denials.ts';
import { tierPolicyName, orderDependentDirections } from '../../facts/network/tier-faults.ts';
import { defineCheck } from '../define-check.ts';

/**
 * In EKS's ClusterNetworkPolicy a Deny that stands behind an Accept or a Pass for the same: written for an order that EKS does not keep. And an Accept or a Pass of
 * what another policy of the same priority denies.
 */
export const clusterPolicyOrderDependent = defineCheck({
  id: 'cluster-policy-order-dependent',
  revision: 2,
  area: 'network',
  title: 'A cluster policy counts on an order that EKS does not keep',
  severity: 'medium',
  rationale: 'Deny wins over Accept of the same policy wherever it stands: what was let through first is cut, and people take the denial away to repair it.',
  remediation: 'Put what is accepted into a policy of a lower priority number, and the denial into one of a higher.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html', 'https://github.com/aws/aws-network-policy-agent'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['tierPolicies'],
  identity: { resource: 'the policy', key: 'direction, and `/priority` where it is another policy that denies' },
  *evaluate({ tierPolicies }) {
    for (const policy of tierPolicies) {
      for (const direction of orderDependentDirections(policy)) {
        yield {
          resource: policy.resource,
          key: direction,
          message: `${tierPolicyName(policy)} denies for ${direction} what it lets through before, and EKS looks at the denial alone`,
          cause: `${tierPolicyName(policy)}: ${direction} by order`,
          evidence: { tier: policy.tier, priority: policy.priority },
          restsOn: [policy.source],
        };
      }
    }
    for (const { policy, direction, denying } of tiedDenials(tierPolicies)) {
      yield {
        resource: policy.resource,
        key: `${direction}/priority`,
        message: `${tierPolicyName(policy)} lets through for ${direction} what ${tierPolicyName(denying)} of the same priority denies, and the denial wins`,
        cause: `${tierPolicyName(policy)}: ${direction} by a priority that two share`,
        evidence: { tier: policy.tier, priority: policy.priority, denying: denying.resource.name },
        restsOn: [policy.source],
      };
    }
  },
});
