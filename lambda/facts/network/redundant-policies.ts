import { EVERYTHING } from './label-selector.ts';
import type { Direction, NamespacedPolicy, PolicyRule } from './policy.ts';
import { SaidRules } from './said-rules.ts';
import type { Saying } from './said-ports.ts';

/** What a policy says that is said already: holds whatever pods come, and for whatever labels. */
export interface Redundancy {
  readonly policy: NamespacedPolicy;
  /** All that it says, other policies say of the same pods. */
  readonly whole: boolean;
  /** By direction its rules that let nothing more through than other rules do, its own among them. */
  readonly rules: readonly { readonly direction: Direction; readonly rules: readonly PolicyRule[] }[];
  /** Policies that say it, in the order given. */
  readonly by: readonly NamespacedPolicy[];
}

/**
 * Rules all of whose peers and ports other rules let through: those of policies of the namespace with the same selector, or for all pods. A policy is redundant where other
 * policies isolate in each of its directions and say each of its rules. Of two that say the same, both are found. In the order given.
 *
 * Each rule is looked up by its peers and ports, so that this takes time for rules and not for pairs of them. Rules that several together say, by ranges or blocks that
 * adjoin, are not found.
 */
export function redundancies(policies: readonly NamespacedPolicy[]): readonly Redundancy[] {
  const found = new Map<NamespacedPolicy, Redundancy>();
  for (const source of Map.groupBy(policies, (policy) => policy.source).values()) {
    for (const inNamespace of Map.groupBy(source, ({ resource }) => resource.namespace).values()) addRedundancies(inNamespace, found);
  }
  return policies.flatMap((policy) => found.get(policy) ?? []);
}

function addRedundancies(inNamespace: readonly NamespacedPolicy[], found: Map<NamespacedPolicy, Redundancy>): void {
  const bySelector = Map.groupBy(inNamespace, ({ selector }) => selector);
  const ofAllPods = bySelector.get(EVERYTHING) ?? [];
  const ofAllPodsSaySome = ofAllPods.some((policy) => ruleCount(policy) > 0);
  let general: Said | undefined;
  for (const [selector, policies] of bySelector) {
    const beside = selector === EVERYTHING ? [] : ofAllPods;
    if (beside.length > 0) general ??= saidBy(ofAllPods);
    // Many stand alone, and nothing is looked up for those.
    if (policies.length === 1 && !mayBeSaid(policies[0]!, beside.length > 0, ofAllPodsSaySome)) continue;
    const own = saidBy(policies);
    const said = beside.length > 0 ? [own, general!] : [own];
    for (const policy of policies) {
      const redundancy = redundancyOf(policy, said);
      if (redundancy) found.set(policy, redundancy);
    }
  }
}

/** Of the only policy with its selector: by its own rules, or by those for all pods. */
function mayBeSaid(policy: NamespacedPolicy, isBesideOthers: boolean, othersSaySome: boolean): boolean {
  const rules = ruleCount(policy);
  return rules > 1 || (isBesideOthers && (rules === 0 || othersSaySome));
}

interface Said {
  readonly isolating: { readonly [D in Direction]: readonly NamespacedPolicy[] };
  readonly rules: { readonly [D in Direction]: SaidRules };
}

function saidBy(policies: readonly NamespacedPolicy[]): Said {
  const rules = { ingress: new SaidRules(), egress: new SaidRules() };
  const isolating: { readonly [D in Direction]: NamespacedPolicy[] } = { ingress: [], egress: [] };
  for (let i = 0; i < policies.length; i++) {
    const policy = policies[i]!;
    for (let j = 0; j < policy.isolates.length; j++) {
      const direction = policy.isolates[j]!;
      isolating[direction].push(policy);
      const own = policy.rules[direction];
      for (let k = 0; k < own.length; k++) rules[direction].add({ policy, rule: own[k]! });
    }
  }
  return { rules, isolating };
}

function redundancyOf(policy: NamespacedPolicy, said: readonly Said[]): Redundancy | undefined {
  const sayings: Saying[] = [];
  /** Where the policy has no rules, to isolate is all that it says. */
  const isolatingAlone: NamespacedPolicy[] = [];
  let whole = policy.isolates.length > 0;
  const rules: { readonly direction: Direction; readonly rules: readonly PolicyRule[] }[] = [];
  // By index, as everything that is asked of each policy here.
  for (let i = 0; i < policy.isolates.length; i++) {
    const direction = policy.isolates[i]!;
    const all = policy.rules[direction];
    const isolating = anotherIsolating(policy, said, direction);
    if (!isolating) whole = false;
    if (isolating && all.length === 0) isolatingAlone.push(isolating);
    let own: PolicyRule[] | undefined;
    for (let j = 0; j < all.length; j++) {
      if (!addSayings({ policy, rule: all[j]! }, said, direction, sayings)) whole = false;
      else if (own) own.push(all[j]!);
      else own = [all[j]!];
    }
    if (own) rules.push({ direction, rules: own });
  }
  // So it is with most.
  if (!whole && rules.length === 0) return undefined;
  const by = new Set<NamespacedPolicy>();
  for (let i = 0; i < sayings.length; i++) by.add(sayings[i]!.policy);
  if (by.has(policy)) whole = false;
  return whole || rules.length > 0 ? { policy, whole, rules, by: whole ? [...new Set([...by, ...isolatingAlone])] : [...by] } : undefined;
}

function anotherIsolating(own: NamespacedPolicy, said: readonly Said[], direction: Direction): NamespacedPolicy | undefined {
  for (let i = 0; i < said.length; i++) {
    const isolating = said[i]!.isolating[direction];
    const another = isolating[isolating[0] === own ? 1 : 0];
    if (another) return another;
  }
  return undefined;
}

/** Nobody named: everybody is meant, and every port. */
const ALL = [undefined] as const;

/** Adds for each peer on each port a rule that says it too, of another policy where there is one; false, and nothing added, where one is missing. */
function addSayings(own: Saying, said: readonly Said[], direction: Direction, sayings: Saying[]): boolean {
  const { everybody, peers, ports } = own.rule;
  const before = sayings.length;
  const allPeers = everybody ? ALL : peers;
  const allPorts = ports.length === 0 ? ALL : ports;
  for (let i = 0; i < allPeers.length; i++) {
    for (let j = 0; j < allPorts.length; j++) {
      let other: Saying | undefined;
      for (let k = 0; k < said.length; k++) {
        const one = said[k]!.rules[direction].other(own, allPeers[i], allPorts[j]);
        if (one && (!other || other.policy === own.policy)) other = one;
      }
      if (!other) {
        sayings.length = before;
        return false;
      }
      sayings.push(other);
    }
  }
  return true;
}

function ruleCount({ rules }: NamespacedPolicy): number {
  return rules.ingress.length + rules.egress.length;
}
