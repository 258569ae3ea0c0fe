import { DEEDS, type Deed } from './deeds.ts';
import type { EscalationGraph } from './escalation-graph.ts';
import type { HeldGrant, Holder } from './holder.ts';
import { EVERYTHING, capabilityBits, isNone, namesOf, type Rights } from './rights.ts';
import type { Proposition } from './rule-system.ts';

/** Who does what on a path, by which grants. */
export interface DoneBy {
  readonly deed: Proposition;
  readonly holder: Holder;
  /** By binding. */
  readonly grants: readonly HeldGrant[];
}

/** For each deed of a path the first on it who can do it, and the grants (his groups' too) by which he can. */
export function* grantsBehind(graph: EscalationGraph, path: readonly Proposition[]): Iterable<DoneBy> {
  for (const proposition of path) {
    const meaning = graph.meaningOf(proposition);
    if (meaning.is === 'borrows') {
      const holder = graph.world.holder(meaning.subject);
      const grants = ((meaning.namespace === undefined ? holder?.cluster : holder?.namespaces.get(meaning.namespace)) ?? []).filter(({ role }) => role.text === meaning.role);
      if (holder && grants.length > 0) yield { deed: proposition, holder, grants };
    }
    if (meaning.is !== 'deed') continue;
    const holder = doerOf(graph, proposition, path);
    if (!holder) continue;
    for (const each of [holder, ...graph.world.groupsOf(holder)]) {
      const grants = grantsFor(each, meaning.deed, meaning.namespace);
      if (grants.length > 0) yield { deed: proposition, holder: each, grants };
    }
  }
}

/** Asked of those on the path alone: thousands may be able to do the same. */
function doerOf({ system, world, meaningOf }: EscalationGraph, deed: Proposition, path: readonly Proposition[]): Holder | undefined {
  for (const proposition of path) {
    const meaning = meaningOf(proposition);
    if (meaning.is === 'identity' && system.rulesFrom(proposition).some((rule) => system.conclusionOf(rule) === deed)) return world.holder(meaning.subject);
  }
  return undefined;
}

/** Grants that have a part in a deed; those that reach beyond the place of it as well. */
export function grantsFor({ cluster, namespaces }: Holder, deed: Deed, namespace: string | undefined): readonly HeldGrant[] {
  const scopes = namespace === undefined ? [...cluster, ...(deed.kind === 'act-as-groups' ? [...namespaces.values()].flat() : [])] : [...(namespaces.get(namespace) ?? []), ...cluster];
  return scopes.filter(({ rights }) => takesPart(rights, deed)).sort((a, b) => (a.binding.text < b.binding.text ? -1 : a.binding.text > b.binding.text ? 1 : a.role.text < b.role.text ? -1 : 1));
}

/** Whether such rights have a part in a deed, alone or beside others. */
export function takesPart(rights: Rights, { kind }: Deed): boolean {
  if ((rights.bits & EVERYTHING) !== 0n) return true;
  const { by } = DEEDS[kind];
  if ((rights.bits & capabilityBits(...by)) !== 0n) return true;
  return rights.named.size > 0 && by.some((capability) => !isNone(namesOf(rights, capability)));
}
