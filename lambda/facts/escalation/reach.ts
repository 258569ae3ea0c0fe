import { closureOf, derivationOf, type Closure } from './closure.ts';
import { distancesTo, mayLeadTo } from './distances.ts';
import type { EscalationGraph } from './escalation-graph.ts';
import type { Meaning } from './meaning.ts';
import type { Proposition, RuleNumber } from './rule-system.ts';

/** Who reaches one target, and how. */
export interface Reach {
  readonly target: Proposition;
  /** What one goes through, what it takes before what follows from it, the target last; undefined: it is not reached. */
  derivation(source: Proposition): readonly Proposition[] | undefined;
  reaches(source: Proposition): boolean;
  /** False: it cannot be a part of any way to the target. */
  mayLead(proposition: Proposition): boolean;
  /** The same where some rules are not there. */
  derivationWithout(source: Proposition, without: ReadonlySet<RuleNumber>): readonly Proposition[] | undefined;
}

const HUBS: readonly Meaning[] = [
  { is: 'node', os: 'linux' },
  { is: 'node', os: 'windows' },
  { is: 'node-credentials', os: 'linux' },
  { is: 'node-credentials', os: 'windows' },
  { is: 'accounts' },
  { is: 'named-accounts' },
  { is: 'everything' },
  { is: 'any-user' },
  { is: 'any-group' },
];

/** From where very much follows: worked out once for all who come by. */
export type Hubs = ReadonlyMap<Proposition, () => Closure>;

/** `absent`: rules that are not there. */
export function hubsOf({ system, find }: EscalationGraph, absent?: ReadonlySet<RuleNumber>): Hubs {
  const hubs = new Map<Proposition, () => Closure>();
  for (const meaning of HUBS) {
    const proposition = find(meaning);
    if (proposition === undefined) continue;
    let closure: Closure | undefined;
    hubs.set(proposition, () => (closure ??= closureOf(system, [proposition], absent ? { without: absent } : {})));
  }
  return hubs;
}

/**
 * Backwards from the target, once for all sources, over rules of one premise; only sources that none of these chains leads from, and that a rule of two
 * premises could help, are followed forwards, those with the same deeds together. A chain is shown before any derivation of two branches.
 * `absent`: rules that are not there, in the hubs neither.
 */
export function reachOf({ system }: EscalationGraph, target: Proposition, hubs: Hubs, absent?: ReadonlySet<RuleNumber>): Reach {
  const chains = distancesTo(system, target, absent);
  const mayLead = mayLeadTo(system, target);
  const joint = new Map<string, readonly Proposition[] | undefined>();

  function jointDerivation(source: Proposition): readonly Proposition[] | undefined {
    if (!mayLead(source)) return undefined;
    const starts = [...new Set(system.rulesFrom(source).filter((rule) => !system.isJoint(rule)).map((rule) => system.conclusionOf(rule)))].filter(mayLead).sort((a, b) => a - b);
    const likeness = starts.join();
    if (!joint.has(likeness)) joint.set(likeness, followed(starts));
    const found = joint.get(likeness);
    return found && [source, ...found];
  }

  function followed(starts: readonly Proposition[], options: { without?: ReadonlySet<RuleNumber> } = {}): readonly Proposition[] | undefined {
    // What a hub stands for may rest on the rules that are not there.
    const usable = options.without ? withoutThem(options.without) : hubs;
    const closure = closureOf(system, starts, { ...(absent ? { without: absent } : {}), ...options, hubs: usable, until: target, within: mayLead });
    return closure.has(target) ? derivationOf(system, closure, target) : undefined;
  }

  function withoutThem(without: ReadonlySet<RuleNumber>): Hubs {
    const premises = [...without].flatMap((rule) => system.premisesOf(rule));
    return new Map([...hubs].filter(([, closure]) => !premises.some((premise) => closure().has(premise))));
  }

  return {
    target,
    mayLead,
    derivation: (source) => chains.chain(source) ?? jointDerivation(source),
    reaches: (source) => chains.from(source) !== undefined || jointDerivation(source) !== undefined,
    derivationWithout(source, without) {
      const left = system.rulesFrom(source).filter((rule) => !without.has(rule) && mayLead(system.conclusionOf(rule)));
      return left.length === 0 ? undefined : followed([source], { without });
    },
  };
}
