import { isDefaultGrant } from '../rbac/defaults/default-grants.ts';
import type { EscalationGraph } from './escalation-graph.ts';
import type { HeldGrant, Holder } from './holder.ts';
import type { Meaning } from './meaning.ts';
import type { Cut, OwnedGrant } from './escalation-path.ts';
import { ownRulesOf, ownRulesWithout } from './own-rules.ts';
import type { Reach } from './reach.ts';
import type { Proposition, RuleNumber } from './rule-system.ts';
import { grantsBehind, takesPart } from './grants-behind.ts';
import { linksOn, mappingOf, type CutLink } from './iam-links.ts';

/** How many grants of several people are tried together; beyond, the source's own are taken. */
const TRIED_TOGETHER = 3;
/** How many sets of grants are tried, so that the work stays in proportion. */
const TRIES = 60;
/** Who holds so many grants that lead there is asked for one that cuts them all, or for all of them. */
const MANY = 8;

/** One subject's part in one binding. */
interface GrantCandidate {
  readonly holder: Holder;
  readonly grant: HeldGrant;
}

/** What may be taken away: a grant, or a link to IAM. */
type Candidate = GrantCandidate | CutLink;

/** A smallest set of grants, none of them a default's, without which `source` does not reach the target; each answer was found by looking again without them. */
export function cutOf(graph: EscalationGraph, reach: Reach, source: Holder): Cut | undefined {
  const from = graph.startOf(source)!;
  let tries = 0;
  const goOn = (): boolean => tries++ < TRIES;
  const pathWithout = (lost: ReadonlySet<RuleNumber>): readonly Proposition[] | undefined => reach.derivationWithout(from, lost);
  const cuts = (removed: readonly Candidate[]): boolean => pathWithout(rulesOf(graph, removed, source)) === undefined;
  const own = sourceGrants(graph, source).filter((candidate) => leads(graph, reach, candidate));
  if (own.length === 1 && cuts(own)) return cut(own, true);
  const whole = pathWithout(new Set());
  if (!whole) return undefined;
  for (let size = 1; size <= (own.length > MANY ? 1 : TRIED_TOGETHER); size += 1) {
    const found = search(graph, source, { removed: [], lost: new Set(), path: whole }, size, pathWithout, goOn);
    if (found) return cut(found, true);
  }
  if (own.length === 0 || !cuts(own)) return withoutMapping(source);
  return cut(own.length > MANY ? own : lessened(own, cuts), false);
}

/** Where the grants are nobody's to take back, somebody of IAM need not sign in as whom they are given to. */
function withoutMapping(source: Holder): Cut | undefined {
  const mapping = mappingOf(source);
  return mapping && { grants: [], links: [mapping], smallest: true };
}

/** Grants that were taken away, the rules that went with them, and a way that is left. */
interface Tried {
  readonly removed: readonly Candidate[];
  readonly lost: ReadonlySet<RuleNumber>;
  readonly path: readonly Proposition[];
}

function search(
  graph: EscalationGraph,
  source: Holder,
  { removed, lost, path }: Tried,
  size: number,
  pathWithout: (lost: ReadonlySet<RuleNumber>) => readonly Proposition[] | undefined,
  goOn: () => boolean,
): readonly Candidate[] | undefined {
  // Whatever cuts must cut this path too.
  for (const candidate of candidatesOn(graph, path)) {
    if (!goOn()) return undefined;
    const more = [...removed, candidate];
    const without = rulesOf(graph, more, source);
    // Others give the same: the path is left as it is.
    const left = without.size === lost.size ? path : pathWithout(without);
    if (!left) return more;
    const found = more.length < size ? search(graph, source, { removed: more, lost: without, path: left }, size, pathWithout, goOn) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Leaves out each grant that the others do without. */
function lessened(grants: readonly Candidate[], cuts: (removed: readonly Candidate[]) => boolean): readonly Candidate[] {
  let kept = grants;
  for (const candidate of grants.slice(0, TRIES)) {
    const fewer = kept.filter((each) => each !== candidate);
    if (fewer.length > 0 && cuts(fewer)) kept = fewer;
  }
  return kept;
}

function cut(candidates: readonly Candidate[], smallest: boolean): Cut {
  const grants = candidates.flatMap((each): readonly OwnedGrant[] => ('link' in each ? [] : [{ subject: each.holder.subject, binding: each.grant.binding, role: each.grant.role.text }]));
  return { grants, links: candidates.flatMap((each) => ('link' in each ? [each.link] : [])), smallest };
}

function isOwned({ holder, grant }: GrantCandidate): boolean {
  return !isDefaultGrant(grant.binding.text, grant.role.text, holder.text);
}

/** Of somebody of IAM, those of whom he is mapped to as well: taking back what a group has is what takes it from its members. */
function sourceGrants(graph: EscalationGraph, source: Holder): readonly GrantCandidate[] {
  return source.mapped ? [source, ...graph.world.groupsOf(source)].flatMap(ownGrants) : ownGrants(source);
}

function ownGrants(holder: Holder): readonly GrantCandidate[] {
  return [...new Set([...holder.cluster, ...[...holder.namespaces.values()].flat()])].map((grant) => ({ holder, grant })).filter(isOwned);
}

/** Grants on a path, those nearest to where it starts first, and after them its links to IAM. */
function candidatesOn(graph: EscalationGraph, path: readonly Proposition[]): readonly Candidate[] {
  const found = new Map<string, GrantCandidate>();
  for (const { holder, grants } of grantsBehind(graph, path)) {
    for (const grant of grants) {
      const candidate = { holder, grant };
      if (isOwned(candidate)) found.set(`${holder.text} ${grant.binding.text} ${'policy' in grant.binding ? grant.binding.policy : ''}`, candidate);
    }
  }
  return [...found.values(), ...linksOn(graph, path)];
}

/** Whether a grant has a part in anything of its holder's that may lead there. Those that give the same twice both do. */
function leads(graph: EscalationGraph, reach: Reach, { holder, grant }: GrantCandidate): boolean {
  const { namespace } = grant.binding;
  const { byNamespace: own } = ownRulesOf(graph, holder);
  for (const where of namespace === undefined ? own.keys() : [namespace, undefined]) {
    for (const rule of own.get(where) ?? []) {
      const conclusion = graph.system.conclusionOf(rule);
      if (reach.mayLead(conclusion) && isPartOf(grant, graph.meaningOf(conclusion), namespace === undefined || namespace === where)) return true;
    }
  }
  return false;
}

function isPartOf({ rights, role }: HeldGrant, meaning: Meaning, reachesThere: boolean): boolean {
  // An account of any namespace will do beside a group.
  if (meaning.is === 'deed') return (reachesThere || meaning.deed.kind === 'act-as-groups') && takesPart(rights, meaning.deed);
  if (meaning.is === 'bound' || meaning.is === 'borrows') return reachesThere && meaning.role === role.text;
  return meaning.is === 'bound-to-some-role' && reachesThere;
}

const withoutOne = new WeakMap<EscalationGraph, Map<Holder, Map<HeldGrant, readonly RuleNumber[]>>>();

/** Of one grant worked out once: the same one is tried for all whose ways lead over its holder. */
function rulesWithout(graph: EscalationGraph, holder: Holder, grants: ReadonlySet<HeldGrant>): Iterable<RuleNumber> {
  if (grants.size !== 1) return ownRulesWithout(graph, holder, grants);
  const [grant] = grants;
  let byHolder = withoutOne.get(graph);
  if (!byHolder) withoutOne.set(graph, (byHolder = new Map()));
  let byGrant = byHolder.get(holder);
  if (!byGrant) byHolder.set(holder, (byGrant = new Map()));
  let rules = byGrant.get(grant!);
  if (!rules) byGrant.set(grant!, (rules = [...ownRulesWithout(graph, holder, grants)]));
  return rules;
}

/**
 * The rules that are not there without these grants. What goes from whom the source is mapped to goes from what it does with it in one request; of others of IAM that is left, so that
 * a way over one of them may seem to stand, and never one to be gone that stands.
 */
function rulesOf(graph: EscalationGraph, removed: readonly Candidate[], source: Holder): ReadonlySet<RuleNumber> {
  const gone = new Set<RuleNumber>();
  const byHolder = new Map<Holder, Set<HeldGrant>>();
  for (const candidate of removed) {
    if ('link' in candidate) {
      for (const rule of candidate.rules) gone.add(rule);
      continue;
    }
    const { holder, grant } = candidate;
    const grants = byHolder.get(holder);
    if (grants) grants.add(grant);
    else byHolder.set(holder, new Set([grant]));
  }
  if (source.mapped) byHolder.set(source, new Set([...byHolder].filter(([holder]) => holder === source || source.mapped?.as.includes(holder.text)).flatMap(([, grants]) => [...grants])));
  for (const [holder, grants] of byHolder) for (const rule of rulesWithout(graph, holder, grants)) gone.add(rule);
  return gone;
}
