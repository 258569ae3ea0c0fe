import { DIRECTIONS, type NamespacedPolicy, type PolicyRule } from './policy.ts';
import { peerText } from './rule-faults.ts';

/**
 * Policies that say nothing which others of their namespace do not say of the same pods: each of their rules and each direction that they isolate is there twice or
 * more. Counted by what each policy contributes to its selector, so that all are looked at once; a policy for all pods contributes to every selector. What
 * is found holds whatever pods come. In the order given.
 */
export function redundantPolicies(policies: readonly NamespacedPolicy[]): readonly NamespacedPolicy[] {
  const found = new Set<NamespacedPolicy>();
  for (const source of Map.groupBy(policies, (policy) => policy.source).values()) {
    for (const inNamespace of Map.groupBy(source, ({ resource }) => resource.namespace).values()) addRedundant(inNamespace, found);
  }
  return policies.filter((policy) => found.has(policy));
}

function addRedundant(inNamespace: readonly NamespacedPolicy[], found: Set<NamespacedPolicy>): void {
  if (inNamespace.length < 2) return;
  const bySelector = Map.groupBy(inNamespace, ({ selector }) => selector.text);
  const ofAllPods = bySelector.get(EVERYTHING) ?? [];
  let saidOfAll: ReadonlyMap<string, number> | undefined;
  for (const [selector, policies] of bySelector) {
    // Most stand alone, and of those no text needs to be made.
    const beside = selector === EVERYTHING ? [] : ofAllPods;
    const compared = policies.length > 1 ? policies : policies.filter((policy) => (hasRules(policy) ? beside.some(hasRules) : beside.length > 0));
    if (compared.length === 0) continue;
    const said = compared.map((policy) => ({ policy, says: contributions(policy) }));
    const counts = counted(said.map(({ says }) => says));
    if (beside.length > 0) saidOfAll ??= counted(ofAllPods.map(contributions));
    const isSaidElsewhere = (each: string): boolean => counts.get(each)! > 1 || (beside.length > 0 && saidOfAll!.has(each));
    for (const { policy, says } of said) if (says.size > 0 && [...says].every(isSaidElsewhere)) found.add(policy);
  }
}

function counted(said: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const says of said) for (const each of says) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

function hasRules({ rules }: NamespacedPolicy): boolean {
  return rules.ingress.length + rules.egress.length > 0;
}

/** Text of the selector that selects everything. */
const EVERYTHING = '[]';

/** Directions that a policy isolates, and each of its rules, as texts. */
function contributions({ isolates, rules }: NamespacedPolicy): ReadonlySet<string> {
  const found = new Set<string>(isolates);
  for (const direction of DIRECTIONS) for (const rule of rules[direction]) found.add(`${direction} ${ruleText(rule)}`);
  return found;
}

/** The same text for rules that let the same through, whatever the order of their lists. What is not understood is the same as nothing. */
function ruleText({ index, everybody, peers, ports }: PolicyRule): string {
  if (peers.some(({ type }) => type === 'other')) return `unread ${index}`;
  return JSON.stringify([everybody, peers.map(peerText).sort(), ports.map(({ protocol, port, endPort }) => JSON.stringify([protocol, port, endPort])).sort()]);
}
