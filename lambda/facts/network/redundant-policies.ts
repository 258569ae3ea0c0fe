import { DIRECTIONS, type NamespacedPolicy, type PolicyRule } from './policy.ts';
import { peerText } from './rule-faults.ts';

/**
 * Policies that say nothing which others of their namespace do not say of the same pods: each of their rules and each direction that they isolate is there twice or
 * more. Counted by what each policy contributes to its selector, so that all are looked at once; a policy for all pods contributes to every selector. What
 * is found holds whatever pods come.
 */
export function redundantPolicies(policies: readonly NamespacedPolicy[]): readonly NamespacedPolicy[] {
  const counts = new Map<string, number>();
  const said = comparable(policies).map((policy) => ({ policy, says: contributions(policy) }));
  for (const { policy, says } of said) for (const each of says) add(counts, keyOf(policy, policy.selector.text, each));
  return said.flatMap(({ policy, says }) => {
    const isSaidElsewhere = (each: string): boolean => {
      const own = counts.get(keyOf(policy, policy.selector.text, each))!;
      return own > 1 || (!policy.selector.everything && counts.has(keyOf(policy, EVERYTHING, each)));
    };
    return says.size > 0 && [...says].every(isSaidElsewhere) ? [policy] : [];
  });
}

/** Policies beside which others speak of the same pods: most stand alone, and of those no text needs to be made. */
function comparable(policies: readonly NamespacedPolicy[]): readonly NamespacedPolicy[] {
  const selectors = new Map<string, number>();
  const withRules = new Set<string>();
  const placeOf = ({ resource, source }: NamespacedPolicy): string => `${source} ${resource.namespace}`;
  for (const policy of policies) {
    add(selectors, `${placeOf(policy)} ${policy.selector.text}`);
    if (policy.selector.everything && hasRules(policy)) withRules.add(placeOf(policy));
  }
  const isBesideOthers = (policy: NamespacedPolicy): boolean => {
    if (policy.selector.everything || selectors.get(`${placeOf(policy)} ${policy.selector.text}`)! > 1) return true;
    return hasRules(policy) ? withRules.has(placeOf(policy)) : selectors.has(`${placeOf(policy)} ${EVERYTHING}`);
  };
  return policies.filter(isBesideOthers);
}

function hasRules({ rules }: NamespacedPolicy): boolean {
  return rules.ingress.length + rules.egress.length > 0;
}

/** Text of the selector that selects everything. */
const EVERYTHING = '[]';

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function keyOf({ resource, source }: NamespacedPolicy, selector: string, contribution: string): string {
  return `${source} ${resource.namespace} ${selector} ${contribution}`;
}

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
