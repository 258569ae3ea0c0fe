import type { Direction } from './policy.ts';
import type { TierPolicy, TierRule } from './tier-policies.ts';

/**
 * In EKS's data path a rule has the priority of its policy and no place of its own: of rules of one priority, in one policy or in several, Deny wins over
 * Accept and Accept over Pass. An action that this version does not know stands first, as it fails closed. https://github.com/aws/aws-network-policy-agent
 */
const EKS_ORDER: readonly TierRule['action'][] = ['unclear', 'deny', 'accept', 'pass'];

export interface PlacedRule {
  readonly policy: TierPolicy;
  readonly rule: TierRule;
}

/** Rules of policies that stand in deciding order, in deciding order themselves. */
export function* inDecidingOrder(policies: readonly TierPolicy[], direction: Direction): Iterable<PlacedRule> {
  for (let first = 0; first < policies.length; ) {
    let end = first + 1;
    while (end < policies.length && isTied(policies[first]!, policies[end]!)) end++;
    const placed = policies.slice(first, end).flatMap((policy) => policy.rules[direction].map((rule) => ({ policy, rule })));
    if (end - first > 1) placed.sort((a, b) => compareEksActions(a.rule, b.rule));
    yield* placed;
    first = end;
  }
}

export function compareEksActions(a: TierRule, b: TierRule): number {
  return EKS_ORDER.indexOf(a.action) - EKS_ORDER.indexOf(b.action);
}

/** Upstream leaves equal priorities undefined: there the order of names has to do. */
function isTied(a: TierPolicy, b: TierPolicy): boolean {
  return a.source === 'eksClusterNetworkPolicies' && b.source === a.source && a.tier === b.tier && a.priority === b.priority;
}
