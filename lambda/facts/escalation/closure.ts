import type { Proposition, RuleNumber, RuleSystem } from './rule-system.ts';

/** All that follows from some propositions. */
export interface Closure {
  has(proposition: Proposition): boolean;
  /** The rule by which it came in first; undefined for where one starts. */
  ruleOf(proposition: Proposition): RuleNumber | undefined;
}

/** `hubs`: propositions from which very much follows, whose own closure is worked out once and taken over whole. */
export interface ClosureOptions {
  readonly without?: ReadonlySet<RuleNumber>;
  readonly hubs?: ReadonlyMap<Proposition, () => Closure>;
  /** Stop as soon as this has come in. */
  readonly until?: Proposition;
  /** All others are left out: they are of no use to whoever asks. What may have a part in something must be in it. */
  readonly within?: (proposition: Proposition) => boolean;
}

/**
 * The least fixpoint from these starts, level by level: what comes in has the least rank that is possible, and of several rules of that rank the one
 * whose premises come first by key.
 */
export function closureOf(system: RuleSystem, starts: readonly Proposition[], { without, hubs, until, within }: ClosureOptions = {}): Closure {
  const own = new Map<Proposition, RuleNumber | undefined>(starts.map((start) => [start, undefined]));
  const bases: Closure[] = [];
  const has = (proposition: Proposition): boolean => {
    if (own.has(proposition)) return true;
    for (const base of bases) if (base.has(proposition)) return true;
    return false;
  };

  function counts(rule: RuleNumber): boolean {
    if (without?.has(rule)) return false;
    return !system.isJoint(rule) || system.premisesOf(rule).every(has);
  }

  const { starts: first, rules } = system.from;
  let level: Proposition[] = [...starts];
  while (level.length > 0 && !(until !== undefined && has(until))) {
    const found = new Map<Proposition, RuleNumber>();
    for (const proposition of level) {
      for (let at = first[proposition]!; at < first[proposition + 1]!; at += 1) {
        const rule = rules[at]!;
        const then = system.conclusionOf(rule);
        if ((within && !within(then)) || has(then) || !counts(rule)) continue;
        const best = found.get(then);
        if (best === undefined || comparePremises(system, rule, best) < 0) found.set(then, rule);
      }
    }
    for (const [then, rule] of found) own.set(then, rule);
    level = [...found.keys()];
    const taken = hubs ? level.flatMap((proposition) => hubs.get(proposition)?.() ?? []) : [];
    if (taken.length === 0) continue;
    bases.push(...taken);
    // What was there already may have waited for something of it.
    level = [...own.keys()];
  }
  return { has, ruleOf: (proposition) => (own.has(proposition) ? own.get(proposition) : bases.find((base) => base.has(proposition))?.ruleOf(proposition)) };
}

/** One premise before two; then by key. */
function comparePremises(system: RuleSystem, a: RuleNumber, b: RuleNumber): number {
  if (!system.isJoint(a) && !system.isJoint(b)) return system.compare(system.premiseOf(a), system.premiseOf(b));
  const [first, second] = [system.premisesOf(a), system.premisesOf(b)].map((premises) => [...premises].sort((one, other) => system.compare(one, other)));
  return first!.length - second!.length || system.compare(first![0]!, second![0]!) || system.compare(first!.at(-1)!, second!.at(-1)!);
}

/** The propositions that a derivation goes through, premises before what follows from them, the derived one last. */
export function derivationOf(system: RuleSystem, closure: Closure, derived: Proposition): readonly Proposition[] {
  const order: Proposition[] = [];
  const entered = new Set<Proposition>();
  const left = new Set<Proposition>();
  const stack = [derived];
  while (stack.length > 0) {
    const proposition = stack.at(-1)!;
    if (entered.has(proposition)) {
      stack.pop();
      if (!left.has(proposition)) order.push(proposition);
      left.add(proposition);
      continue;
    }
    entered.add(proposition);
    const rule = closure.ruleOf(proposition);
    const premises = rule === undefined ? [] : [...system.premisesOf(rule)].sort((a, b) => system.compare(b, a));
    stack.push(...premises.filter((premise) => !entered.has(premise)));
  }
  return order;
}
