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
  const distance = backwards(system, target, without);
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
  const distance = backwards(system, target);
  return (proposition) => distance[proposition] !== UNREACHED;
}

/** `without`: rules that are not there, and with them those of two premises; absent: all rules, each from any of its premises. */
function backwards(system: RuleSystem, target: Proposition, without?: ReadonlySet<RuleNumber>): Int32Array {
  const distance = new Int32Array(system.size).fill(UNREACHED);
  distance[target] = 0;
  const { starts, rules } = system.into;
  const queue = [target];
  for (let at = 0; at < queue.length; at += 1) {
    const reached = queue[at]!;
    const further = distance[reached]! + 1;
    for (let next = starts[reached]!; next < starts[reached + 1]!; next += 1) {
      const rule = rules[next]!;
      if (!system.isJoint(rule)) {
        if (!without?.has(rule)) reach(system.premiseOf(rule), further);
      } else if (!without) for (const premise of system.premisesOf(rule)) reach(premise, further);
    }
  }
  return distance;

  function reach(premise: Proposition, far: number): void {
    if (distance[premise] !== UNREACHED) return;
    distance[premise] = far;
    queue.push(premise);
  }
}
