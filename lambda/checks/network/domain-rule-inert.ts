import { listed } from '../../model/listed.ts';
import { DIRECTIONS } from '../../facts/network/policy.ts';
import { policiesWithRules } from '../../facts/network/policy-faults.ts';
import { RULE_TRAITS } from '../../facts/network/rule-traits.ts';
import { defineCheck } from '../define-check.ts';
import { resourceWithKind } from '../../model/resource-words.ts';

/**
 * A rule of an ApplicationNetworkPolicy or of EKS's ClusterNetworkPolicy by domain names, in a cluster without Auto Mode nodes: these alone look at it.
 * Where there are some, which pods run on them is not asked.
 */
export const domainRuleInert = defineCheck({
  id: 'domain-rule-inert',
  revision: 1,
  area: 'network',
  title: 'Rules by domain name do nothing on these nodes',
  severity: 'high',
  rationale: 'What was to be let through by name is cut, and people open the policy until it works: mostly to every address there is.',
  remediation: 'Run these pods on nodes of Auto Mode, or name address blocks.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html'],
  controls: ['nsa-1.2/network-separation'],
  needs: ['namespacedPolicies', 'policyEnforcement', 'tierPolicies'],
  identity: { resource: 'the policy', key: 'direction' },
  *evaluate({ namespacedPolicies, policyEnforcement, tierPolicies }) {
    const { classes } = policyEnforcement;
    if (classes.length === 0 || classes.some(({ name }) => name === 'auto/linux')) return;
    const labels = listed(classes.map(({ label }) => label));
    const namespaced = DIRECTIONS.flatMap((direction) => policiesWithRules(namespacedPolicies, direction, RULE_TRAITS.domains).map(({ policy }) => ({ policy, direction })));
    const tiers = tierPolicies
      .filter(({ source, rules }) => source === 'eksClusterNetworkPolicies' && rules.egress.some(({ peers }) => peers.some(({ type }) => type === 'domains')))
      .map((policy) => ({ policy, direction: 'egress' as const }));
    for (const { policy, direction } of [...namespaced, ...tiers]) {
      const { resource } = policy;
      const name = resourceWithKind(resource);
      yield {
        resource,
        key: direction,
        message: `${name} has ${direction} rules by domain name, and there are ${labels} alone, which do not look at them`,
        cause: `${name}: rules by domain name without Auto Mode`,
        evidence: { nodes: classes.map((each) => each.name) },
      };
    }
  },
});
