import type { Proposition, RuleNumber, RuleSystem } from './rule-system.ts';

const UNREACHED = -1;

/** How far each proposition is from a target over rules of one premise: one pass backwards, whatever the number of sources. */
export interface Distances {
  /** Undefined: no such chain. */
  from(proposition: Proposition): number | undefined;
  /** The shortest chain, source first and target last; ties by key. */
  chain(source: Proposition): readonly Proposition[] | undefined;
}

/** `without`: rules that are not there. */
export function distancesTo(system: RuleSystem, target: Proposition, without: ReadonlySet<RuleNumber> = new Set()): Distances {
  const distance = backwards(system, target, (rule) => !system.isJoint(rule) && !without.has(rule));
  const from = (proposition: Proposition): number | undefined => (distance[proposition] === UNREACHED ? undefined : distance[proposition]);

  function next(proposition: Proposition): Proposition {
    let best: Proposition | undefined;
    for (const rule of system.rulesFrom(proposition)) {
      const then = system.conclusionOf(rule);
      if (system.isJoint(rule) || without.has(rule) || distance[then] !== distance[proposition]! - 1) continue;
      if (best === undefined || system.compare(then, best) < 0) best = then;
    }
    return best!;
  }

  function chain(source: Proposition): readonly Proposition[] | undefined {
    if (from(source) === undefined) return undefined;
    const steps = [source];
    while (steps.at(-1) !== target) steps.push(next(steps.at(-1)!));
    return steps;
  }

  return { from, chain };
}

/** Propositions from which the target could follow if one premise of each rule were enough: all others need no closer look. */
export function mayLeadTo(system: RuleSystem, target: Proposition): (proposition: Proposition) => boolean {
  const distance = backwards(system, target, () => true);
  return (proposition) => distance[proposition] !== UNREACHED;
}

function backwards(system: RuleSystem, target: Proposition, counts: (rule: RuleNumber) => boolean): Int32Array {
  const distance = new Int32Array(system.size).fill(UNREACHED);
  distance[target] = 0;
  const queue = [target];
  for (let at = 0; at < queue.length; at += 1) {
    const reached = queue[at]!;
    for (const rule of system.rulesInto(reached)) {
      if (!counts(rule)) continue;
      for (const premise of system.premisesOf(rule)) {
        if (distance[premise] !== UNREACHED) continue;
        distance[premise] = distance[reached]! + 1;
        queue.push(premise);
      }
    }
  }
  return distance;
}
