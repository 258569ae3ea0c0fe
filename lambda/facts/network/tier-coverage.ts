import type { Family } from '../cidr/address-block.ts';
import { shareOf } from '../cidr/address-set.ts';
import type { Labels } from './label-selector.ts';
import type { Direction } from './policy.ts';
import { inDecidingOrder } from './tier-order.ts';
import type { TierPolicy, TierRule } from './tier-policies.ts';

/**
 * Whether tier policies (those whose subject has the namespace, in deciding order) deny by default: the first rule for every peer and
 * port is a Deny. Exceptions before it do not matter, as rules of a NetworkPolicy do not undo that it isolates; but what is passed on for whoever comes
 * is open until something below denies it, and what is accepted for whoever comes nothing denies. Given labels: for a pod with them; else for every pod that the namespace
 * may hold, less those that policies mean by their labels.
 */
export function coversEverything(tiers: readonly TierPolicy[], direction: Direction, pod: Labels | undefined, family: Family): boolean {
  if (tiers.length === 0) return false;
  const subject = tiers.filter(({ pods }) => !pods || pods.everything || (pod !== undefined && pods.matches(pod)));
  for (const tier of ['admin', 'baseline'] as const) {
    const answer = defaultOf(subject.filter((policy) => policy.tier === tier), direction, family);
    if (answer !== undefined) return answer === 'deny';
  }
  return false;
}

/** What a tier does with whoever comes, on every port; undefined: what stands below it decides. */
function defaultOf(policies: readonly TierPolicy[], direction: Direction, family: Family): 'accept' | 'deny' | undefined {
  for (const { rule } of inDecidingOrder(policies, direction)) {
    if (isForAnyPod(rule) && rule.action === 'pass') return undefined;
    // Out to every pod is not yet to everywhere.
    if (isForAnyPod(rule) && rule.action === 'accept' && direction === 'ingress') return 'accept';
    if (isForEverything(rule, direction, family)) return rule.action === 'accept' || rule.action === 'deny' ? rule.action : undefined;
  }
  return undefined;
}

/** Every port, and pods that need no label for it: all of them, or all but some. */
function isForAnyPod({ allPorts, peers }: TierRule): boolean {
  return allPorts && peers.some((peer) => peer.type === 'pods' && peer.namespaces.certain.length === 0 && (peer.pods?.certain.length ?? 0) === 0);
}

/** Every port, and every pod (ingress knows no other peers) or every address of a family, which pods have too. */
export function isForEverything(rule: TierRule, direction: Direction, family: Family): boolean {
  if (!rule.allPorts) return false;
  return direction === 'ingress' ? rule.everyPod : shareOf(rule.networks, family) === 1;
}

/** Tier policies by the namespaces that they are for, so that a namespace asks those that can be for it and not all there are. */
export function tierIndex(policies: readonly TierPolicy[]): (namespace: Labels) => readonly TierPolicy[] {
  const anywhere: number[] = [];
  const byLabel = new Map<string, Map<string | undefined, number[]>>();
  for (const [index, { namespaces }] of policies.entries()) {
    const certain = namespaces?.certain[0];
    if (!certain) {
      if (namespaces) anywhere.push(index);
      continue;
    }
    let byValue = byLabel.get(certain.key);
    if (!byValue) byLabel.set(certain.key, (byValue = new Map()));
    for (const value of new Set<string | undefined>(certain.values ?? [undefined])) {
      const list = byValue.get(value);
      if (list) list.push(index);
      else byValue.set(value, [index]);
    }
  }
  return (labels) => {
    const labelled = Object.entries(labels).flatMap(([key, value]) => [...(byLabel.get(key)?.get(value) ?? []), ...(byLabel.get(key)?.get(undefined) ?? [])]);
    // In the order in which they decide.
    const asked = [...anywhere, ...labelled].sort((a, b) => a - b);
    return asked.map((index) => policies[index]!).filter((policy) => policy.namespaces!.matches(labels));
  };
}
