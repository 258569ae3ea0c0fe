import { EVERYTHING } from './label-selector.ts';
import { DIRECTIONS, type Direction, type NamespacedPolicy, type PolicyRule } from './policy.ts';
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
    // Most stand alone, and nothing is looked up for those.
    const compared = policies.length > 1 ? policies : policies.filter((policy) => ruleCount(policy) > 1 || (beside.length > 0 && (ruleCount(policy) === 0 || ofAllPodsSaySome)));
    if (compared.length === 0) continue;
    const said = [saidBy(policies), ...(beside.length > 0 ? [general!] : [])];
    for (const policy of compared) {
      const redundancy = redundancyOf(policy, said);
      if (redundancy) found.set(policy, redundancy);
    }
  }
}

interface Said {
  readonly isolating: { readonly [D in Direction]: readonly NamespacedPolicy[] };
  readonly rules: { readonly [D in Direction]: SaidRules };
}

function saidBy(policies: readonly NamespacedPolicy[]): Said {
  const rules = { ingress: new SaidRules(), egress: new SaidRules() };
  for (const policy of policies) for (const direction of DIRECTIONS) for (const rule of policy.rules[direction]) rules[direction].add({ policy, rule });
  const isolatingIn = (direction: Direction) => policies.filter(({ isolates }) => isolates.includes(direction));
  return { rules, isolating: { ingress: isolatingIn('ingress'), egress: isolatingIn('egress') } };
}

function redundancyOf(policy: NamespacedPolicy, said: readonly Said[]): Redundancy | undefined {
  const by = new Set<NamespacedPolicy>();
  /** Where the policy has no rules, to isolate is all that it says. */
  const isolatingAlone: NamespacedPolicy[] = [];
  let whole = policy.isolates.length > 0;
  const rules: { readonly direction: Direction; readonly rules: readonly PolicyRule[] }[] = [];
  for (const direction of DIRECTIONS) {
    const isolating = policy.isolates.includes(direction) ? anotherIsolating(policy, said, direction) : undefined;
    if (policy.isolates.includes(direction) && !isolating) whole = false;
    if (policy.rules[direction].length === 0) {
      if (isolating) isolatingAlone.push(isolating);
      continue;
    }
    const saidRules = said.map((each) => each.rules[direction]);
    const own = policy.rules[direction].filter((rule) => {
      const sayings = otherSayings({ policy, rule }, saidRules);
      if (!sayings) whole = false;
      for (const saying of sayings ?? []) {
        by.add(saying.policy);
        if (saying.policy === policy) whole = false;
      }
      return sayings !== undefined;
    });
    if (own.length > 0) rules.push({ direction, rules: own });
  }
  return whole || rules.length > 0 ? { policy, whole, rules, by: whole ? [...new Set([...by, ...isolatingAlone])] : [...by] } : undefined;
}

function anotherIsolating(own: NamespacedPolicy, said: readonly Said[], direction: Direction): NamespacedPolicy | undefined {
  for (const { isolating } of said) {
    const [first, second] = isolating[direction];
    const another = first === own ? second : first;
    if (another) return another;
  }
  return undefined;
}

/** Nobody named: everybody is meant, and every port. */
const ALL = [undefined] as const;

/** For each peer on each port a rule that says it too, of another policy where there is one; undefined where one is missing. */
function otherSayings(own: Saying, said: readonly SaidRules[]): readonly Saying[] | undefined {
  const { everybody, peers, ports } = own.rule;
  const found: Saying[] = [];
  for (const peer of everybody ? ALL : peers) {
    for (const port of ports.length === 0 ? ALL : ports) {
      let other: Saying | undefined;
      for (const each of said) {
        const one = each.other(own, peer, port);
        if (one && (!other || other.policy === own.policy)) other = one;
      }
      if (!other) return undefined;
      found.push(other);
    }
  }
  return found;
}

function ruleCount({ rules }: NamespacedPolicy): number {
  return rules.ingress.length + rules.egress.length;
}
