import { asking, type Asks } from './asks.ts';
import type { ScopeGrants } from './grant.ts';

/** Two asks that make a power only about one and the same object; who answers one of them for any object need not be looked at. */
interface Pair {
  readonly one: Asks;
  readonly other: Asks;
  readonly any: Asks;
}

const PAIRS: readonly Pair[] = [
  { one: asking('escalateSomeRole'), other: asking('changeSomeRole'), any: asking('escalateAnyRole', 'changeAnyRole') },
  { one: asking('escalateSomeClusterRole'), other: asking('changeSomeClusterRole'), any: asking('escalateAnyClusterRole', 'changeAnyClusterRole') },
];

/** Without one of these there is no pair. */
const HALVES = PAIRS.reduce((all, { one }) => all | one, 0n);

/**
 * The answers of these scopes together without those that are about one object while the other half of the pair is about another: `escalate` on
 * one role and `update` of another change nothing. Roles that name their objects on both sides are few, so only then rules are looked at.
 */
export function aboutOneObject(asks: Asks, scopes: readonly ScopeGrants[]): Asks {
  if ((asks & HALVES) === 0n) return asks;
  let left = asks;
  for (const { one, other, any } of PAIRS) {
    if ((asks & one) === 0n || (asks & other) === 0n || (asks & any) !== 0n) continue;
    const names = namesAsked(one, scopes);
    if (![...namesAsked(other, scopes)].some((name) => names.has(name))) left &= ~one;
  }
  return left;
}

const namesByScope = new WeakMap<ScopeGrants, Map<Asks, ReadonlySet<string>>>();

/** The objects that rules name for which the scopes answer an ask; a rule for every object names none. */
export function namesAsked(ask: Asks, scopes: readonly ScopeGrants[]): ReadonlySet<string> {
  return new Set(scopes.flatMap((scope) => [...namesIn(scope, ask)]));
}

/** Worked out once for the many namespaces that cluster-wide grants stand beside. */
function namesIn(scope: ScopeGrants, ask: Asks): ReadonlySet<string> {
  let byAsk = namesByScope.get(scope);
  if (!byAsk) namesByScope.set(scope, (byAsk = new Map()));
  let names = byAsk.get(ask);
  if (!names) byAsk.set(ask, (names = writtenNames(scope, ask)));
  return names;
}

function writtenNames({ grants }: ScopeGrants, ask: Asks): ReadonlySet<string> {
  const names = new Set<string>();
  for (const role of new Set(grants.filter(({ asks }) => (asks & ask) !== 0n).map((grant) => grant.role))) {
    for (const [index, { resourceNames }] of role.rules.entries()) {
      if ((role.ruleAsks[index]! & ask) !== 0n) for (const name of resourceNames) if (name !== '') names.add(name);
    }
  }
  return names;
}
