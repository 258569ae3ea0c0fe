import { DIRECTIONS, type Direction } from '../../facts/network/policy.ts';
import { closesEverything, opensEverything, tierPolicyName } from '../../facts/network/tier-faults.ts';
import type { TierPolicy } from '../../facts/network/tier-policies.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A policy of the admin tier that lets everybody through on every port, over namespaces whose own policies isolate in that direction: none of those
 * is asked. An Accept for some peers or ports is what the tier is for, and is no fault.
 */
export const clusterPolicyOverridesNetworkPolicy = defineCheck({
  id: 'cluster-policy-overrides-network-policy',
  revision: 1,
  area: 'network',
  title: 'A cluster policy opens what network policies close',
  severity: 'high',
  rationale: 'The owners of these namespaces see their denials and believe in them, and a tier above them has let everything through.',
  remediation: 'Accept the peers and ports that must always get through, and leave the rest to the namespaces by Pass.',
  references: ['https://network-policy-api.sigs.k8s.io/api-overview/', 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation'],
  needs: ['policyCoverage', 'policySelection'],
  identity: { resource: 'the policy', key: 'direction' },
  *evaluate({ policyCoverage, policySelection }) {
    for (const direction of DIRECTIONS) {
      const overridden = new Map<TierPolicy, string[]>();
      for (const { name, tiers } of policyCoverage.namespaces.values()) {
        if (!(policySelection.groups.get(name) ?? []).some((group) => group[direction])) continue;
        for (const policy of openingPolicies(tiers, direction)) {
          const names = overridden.get(policy);
          if (names) names.push(name);
          else overridden.set(policy, [name]);
        }
      }
      for (const [policy, namespaces] of overridden) {
        yield {
          resource: policy.resource,
          key: direction,
          message: `${tierPolicyName(policy)} lets everybody through for ${direction}, whatever the policies of ${listed(namespaces)} say`,
          cause: `${tierPolicyName(policy)}: overrides ${direction}`,
          evidence: { namespaces, priority: policy.priority },
          restsOn: [policy.source, 'networkPolicies', 'applicationNetworkPolicies'],
        };
      }
    }
  },
});

/** Those that open, in the order in which they decide, up to one that closes for all pods. */
function openingPolicies(tiers: readonly TierPolicy[], direction: Direction): readonly TierPolicy[] {
  const found: TierPolicy[] = [];
  for (const policy of tiers) {
    if (opensEverything(policy, direction)) found.push(policy);
    else if (closesEverything(policy, direction) && (!policy.pods || policy.pods.everything)) break;
  }
  return found;
}
