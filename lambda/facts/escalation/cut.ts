import { isDefaultGrant } from '../rbac/defaults/default-grants.ts';
import { deedsOf } from './deeds.ts';
import { deedAt, type EscalationGraph } from './escalation-graph.ts';
import { rightsByScope } from './escalation-world.ts';
import type { HeldGrant, Holder } from './holder.ts';
import { keyOf, place } from './meaning.ts';
import type { Cut, OwnedGrant } from './escalation-path.ts';
import type { Reach } from './reach.ts';
import { NO_RIGHTS } from './rights.ts';
import type { Proposition, RuleNumber } from './rule-system.ts';
import { grantsBehind } from './grants-behind.ts';

/** How many grants of several people are tried together; beyond, the source's own are taken. */
const TRIED_TOGETHER = 3;
/** How often one path may be looked for again, so that the work stays in proportion. */
const TRIES = 60;
/** Of so many grants of one subject none is asked whether it has a part in it. */
const MANY = 100;

/** One subject's part in one binding. */
interface Candidate {
  readonly holder: Holder;
  readonly grant: HeldGrant;
}

/** A smallest set of grants, none of them a default's, without which `source` does not reach the target; each answer was found by looking again without them. */
export function cutOf(graph: EscalationGraph, reach: Reach, source: Holder): Cut | undefined {
  const from = graph.find({ is: 'identity', subject: source.text })!;
  let tries = 0;
  const pathWithout = (removed: readonly Candidate[]): readonly Proposition[] | undefined => {
    tries += 1;
    return reach.derivationWithout(from, rulesOf(graph, removed));
  };
  const all = ownGrants(source);
  const own = all.length > MANY ? all : all.filter((candidate) => leads(graph, reach, from, candidate));
  if (own.length === 1 && pathWithout(own) === undefined) return cut(own, true);
  for (let size = 1; size <= TRIED_TOGETHER; size += 1) {
    const found = search(graph, [], size, pathWithout, () => tries < TRIES);
    if (found) return cut(found, true);
  }
  if (own.length === 0 || pathWithout(own) !== undefined) return undefined;
  return cut(lessened(own, pathWithout), false);
}

function search(
  graph: EscalationGraph,
  removed: readonly Candidate[],
  size: number,
  pathWithout: (removed: readonly Candidate[]) => readonly Proposition[] | undefined,
  goOn: () => boolean,
): readonly Candidate[] | undefined {
  if (!goOn()) return undefined;
  const path = pathWithout(removed);
  if (!path) return removed;
  if (removed.length === size) return undefined;
  // Whatever cuts must cut this path too.
  for (const candidate of candidatesOn(graph, path)) {
    const found = search(graph, [...removed, candidate], size, pathWithout, goOn);
    if (found) return found;
  }
  return undefined;
}

/** Leaves out each grant that the others do without. */
function lessened(grants: readonly Candidate[], pathWithout: (removed: readonly Candidate[]) => readonly Proposition[] | undefined): readonly Candidate[] {
  let kept = grants;
  for (const candidate of grants.slice(0, TRIES)) {
    const fewer = kept.filter((each) => each !== candidate);
    if (fewer.length > 0 && pathWithout(fewer) === undefined) kept = fewer;
  }
  return kept;
}

function cut(candidates: readonly Candidate[], smallest: boolean): Cut {
  const grants = candidates.map(({ holder, grant }): OwnedGrant => ({ subject: holder.subject, binding: grant.binding, role: grant.role.text }));
  return { grants, smallest };
}

function isOwned({ holder, grant }: Candidate): boolean {
  return !isDefaultGrant(grant.binding.text, grant.role.text, holder.text);
}

function ownGrants(holder: Holder): readonly Candidate[] {
  return [...holder.cluster, ...[...holder.namespaces.values()].flat()].map((grant) => ({ holder, grant })).filter(isOwned);
}

/** Grants on a path, those nearest to where it starts first. */
function candidatesOn(graph: EscalationGraph, path: readonly Proposition[]): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { holder, grants } of grantsBehind(graph, path)) {
    for (const grant of grants) {
      const candidate = { holder, grant };
      if (isOwned(candidate)) found.set(`${holder.text} ${grant.binding.text}`, candidate);
    }
  }
  return [...found.values()];
}

function leads(graph: EscalationGraph, reach: Reach, from: Proposition, candidate: Candidate): boolean {
  const gone = rulesOf(graph, [candidate]);
  return graph.system.rulesFrom(from).some((rule) => gone.has(rule) && reach.mayLead(graph.system.conclusionOf(rule)));
}

/** The rules that are not there without these grants. */
function rulesOf(graph: EscalationGraph, removed: readonly Candidate[]): ReadonlySet<RuleNumber> {
  const gone = new Set<RuleNumber>();
  const byHolder = new Map<Holder, Set<HeldGrant>>();
  for (const { holder, grant } of removed) {
    const grants = byHolder.get(holder);
    if (grants) grants.add(grant);
    else byHolder.set(holder, new Set([grant]));
  }
  for (const [holder, grants] of byHolder) {
    const from = graph.find({ is: 'identity', subject: holder.text });
    if (from === undefined) continue;
    const left = keysLeft(graph, holder, grants);
    for (const rule of graph.system.rulesFrom(from)) {
      const meaning = graph.meaningOf(graph.system.conclusionOf(rule));
      if (ownRule(meaning.is) && !left.has(keyOf(meaning))) gone.add(rule);
    }
  }
  return gone;
}

function ownRule(is: string): boolean {
  return is === 'deed' || is === 'bound' || is === 'bound-to-some-role';
}

/** What somebody can still do, and is still bound to, without these grants. */
function keysLeft(graph: EscalationGraph, holder: Holder, gone: ReadonlySet<HeldGrant>): ReadonlySet<string> {
  const left = new Set<string>();
  for (const [namespace, rights] of rightsByScope(holder, graph.world.groupsOf(holder.subject), (grant) => (gone.has(grant) ? NO_RIGHTS : grant.rights))) {
    for (const deed of deedsOf(rights, namespace)) left.add(keyOf(deedAt(deed, namespace)));
  }
  for (const [namespace, grants] of [[undefined, holder.cluster] as const, ...holder.namespaces]) {
    for (const grant of grants) {
      if (gone.has(grant)) continue;
      left.add(keyOf(place({ is: 'bound', role: grant.role.text } as const, namespace)));
      if (namespace !== undefined && grant.role.namespace !== undefined) left.add(keyOf({ is: 'bound-to-some-role', namespace }));
    }
  }
  return left;
}
