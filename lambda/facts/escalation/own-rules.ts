import { deedsOf } from './deeds.ts';
import { deedAt, type EscalationGraph } from './escalation-graph.ts';
import { rightsByScope } from './escalation-world.ts';
import type { HeldGrant, Holder } from './holder.ts';
import { keyOf, place } from './meaning.ts';
import { NO_RIGHTS, isNone, namesOf, type Rights } from './rights.ts';
import type { RuleNumber } from './rule-system.ts';

/** What follows from somebody's own grants. */
interface OwnRules {
  readonly byNamespace: ReadonlyMap<string | undefined, readonly RuleNumber[]>;
  /** Roles themselves lead nowhere: it is enough to compare rights. */
  readonly areDeeds: boolean;
}

const ownRules = new WeakMap<EscalationGraph, Map<Holder, OwnRules>>();

export function ownRulesOf(graph: EscalationGraph, holder: Holder): OwnRules {
  let byHolder = ownRules.get(graph);
  if (!byHolder) ownRules.set(graph, (byHolder = new Map()));
  const known = byHolder.get(holder);
  if (known) return known;
  const byNamespace = new Map<string | undefined, RuleNumber[]>();
  let areDeeds = true;
  for (const rule of graph.system.rulesFrom(graph.find({ is: 'identity', subject: holder.text })!)) {
    const meaning = graph.meaningOf(graph.system.conclusionOf(rule));
    if (meaning.is !== 'deed' && meaning.is !== 'bound' && meaning.is !== 'bound-to-some-role' && meaning.is !== 'borrows') continue;
    areDeeds &&= meaning.is === 'deed';
    const rules = byNamespace.get(meaning.namespace);
    if (rules) rules.push(rule);
    else byNamespace.set(meaning.namespace, [rule]);
  }
  const own = { byNamespace, areDeeds };
  byHolder.set(holder, own);
  return own;
}

/** The rules of his own that are not there without these grants. A grant of one namespace counts there alone, but for the account that one names beside a group. */
export function* ownRulesWithout(graph: EscalationGraph, holder: Holder, grants: ReadonlySet<HeldGrant>): Iterable<RuleNumber> {
  const gone = withoutTwins(holder, grants);
  if (gone.size === 0) return;
  const places = new Set([...gone].map(({ binding }) => binding.namespace));
  const everywhere = places.has(undefined) || holder.cluster.some(({ rights }) => !isNone(namesOf(rights, 'actAsGroups')));
  const rights = [...rightsByScope(holder, graph.world.groupsOf(holder), (grant) => (gone.has(grant) ? NO_RIGHTS : grant.rights), everywhere ? undefined : places)];
  // Mostly others give what these gave, and nothing is taken away but the roles themselves.
  const before = rightsBefore(graph, holder);
  const changes = rights.some(([namespace, there]) => !isSame(there, before.get(namespace)));
  const { byNamespace: own, areDeeds } = ownRulesOf(graph, holder);
  if (!changes && areDeeds) return;
  const left = new Set<string>();
  if (changes) for (const [namespace, there] of rights) for (const deed of deedsOf(there, namespace)) left.add(keyOf(deedAt(deed, namespace)));
  for (const namespace of everywhere ? [undefined, ...holder.namespaces.keys()] : places) {
    for (const grant of namespace === undefined ? holder.cluster : (holder.namespaces.get(namespace) ?? [])) {
      if (gone.has(grant)) continue;
      left.add(keyOf(place({ is: 'bound', role: grant.role.text } as const, namespace)));
      left.add(keyOf(place({ is: 'borrows', subject: holder.text, role: grant.role.text } as const, namespace)));
      if (namespace !== undefined && grant.role.namespace !== undefined) left.add(keyOf({ is: 'bound-to-some-role', namespace }));
    }
  }
  for (const namespace of everywhere ? own.keys() : places) {
    for (const rule of own.get(namespace) ?? []) {
      const conclusion = graph.system.conclusionOf(rule);
      if (!changes && graph.meaningOf(conclusion).is === 'deed') continue;
      if (!left.has(graph.system.keyOf(conclusion))) yield rule;
    }
  }
}

const rightsWithAll = new WeakMap<EscalationGraph, Map<Holder, ReadonlyMap<string | undefined, Rights>>>();

/** By scope, what somebody may with all grants. */
function rightsBefore(graph: EscalationGraph, holder: Holder): ReadonlyMap<string | undefined, Rights> {
  let byHolder = rightsWithAll.get(graph);
  if (!byHolder) rightsWithAll.set(graph, (byHolder = new Map()));
  let before = byHolder.get(holder);
  if (!before) byHolder.set(holder, (before = new Map(rightsByScope(holder, graph.world.groupsOf(holder), ({ rights }) => rights))));
  return before;
}

/** Those that are limited to names are not compared. */
function isSame(a: Rights, b: Rights | undefined): boolean {
  return b !== undefined && a.bits === b.bits && a.named.size === 0 && b.named.size === 0;
}

/** Those beside which no other binding gives the same role in the same place: nobody misses the others. */
function withoutTwins(holder: Holder, grants: ReadonlySet<HeldGrant>): ReadonlySet<HeldGrant> {
  const isTwin = (grant: HeldGrant): boolean => {
    const { namespace } = grant.binding;
    const there = namespace === undefined ? holder.cluster : (holder.namespaces.get(namespace) ?? []);
    return there.some((other) => other.role === grant.role && !grants.has(other));
  };
  return new Set([...grants].filter((grant) => !isTwin(grant)));
}
