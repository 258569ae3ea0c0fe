import { isClaimed } from './claimed.ts';
import { cutOf } from './cut.ts';
import { buildEscalationGraph, holdsByDefault, type EscalationGraph } from './escalation-graph.ts';
import { MASTERS, type EscalationWorld } from './escalation-world.ts';
import { isDefaultGrant } from '../rbac/defaults/default-grants.ts';
import type { EscalationPath, EscalationTarget } from './escalation-path.ts';
import type { Holder } from './holder.ts';
import { partyAudience, partyText, type Party } from './party.ts';
import { pathSources } from './path-sources.ts';
import { pathSteps } from './path-words.ts';
import { hubsOf, reachOf, type Hubs, type Reach } from './reach.ts';
import { EVERYTHING } from './rights.ts';
import type { Proposition } from './rule-system.ts';

interface Aim {
  readonly target: EscalationTarget;
  readonly reach: Reach;
  /** By what the cluster itself says, without roles of IAM. */
  readonly within: Reach;
}

/**
 * Every way from a subject to a terminal target that is news: not what it holds directly (its rights say that), not what its groups or the defaults of
 * Kubernetes, EKS and add-ons give it anyway, and nothing beside cluster-admin where that is reached.
 */
export function findEscalationPaths(world: EscalationWorld): readonly EscalationPath[] {
  const graph = buildEscalationGraph(world);
  const { sources } = graph.world;
  const found = [...pathsFrom(graph, sources.map(({ holder }) => holder))];
  const told = new Set(found.map(({ subject }) => partyText(subject)));
  // From most no way leads anywhere, and so none from those who hold the same.
  const alike = sources.flatMap((source) => (source.alike.length > 0 && told.has(source.holder.text) ? source.alike : []));
  return alike.length === 0 ? found : [...found, ...pathsFrom(buildEscalationGraph(world, alike), alike)];
}

function pathsFrom(graph: EscalationGraph, sources: readonly Holder[]): readonly EscalationPath[] {
  const hubs = hubsOf(graph);
  const aims = aimsOf(graph, hubs);
  const unseen = graph.find({ is: 'beyond-sight' });
  const beyondSight = unseen === undefined ? undefined : reachOf(graph, unseen, hubsOf(graph, graph.iamEdges), graph.iamEdges);
  const found: EscalationPath[] = [];
  for (const holder of sources) {
    if (isBeyond(holder.subject)) continue;
    const from = graph.startOf(holder)!;
    for (const { target, reach, within } of aimsFor(graph, holder, aims, beyondSight)) {
      const derivation = (within.derivation(from) ?? reach.derivation(from))!;
      if (target.is === 'control' && !takesAnother(graph, derivation, holder)) continue;
      if (target.is === 'iam-role' && isOwnRole(graph, derivation)) continue;
      found.push({
        subject: holder.subject,
        target,
        steps: pathSteps(graph, derivation),
        restsOn: pathSources(graph, derivation),
        cut: cutOf(graph, reach, holder),
      });
    }
  }
  return found;
}

/** Targets that are there, the strongest first. */
export function targetsIn({ world }: EscalationGraph): readonly EscalationTarget[] {
  return [
    { is: 'admin' },
    { is: 'iam-role' },
    { is: 'node', os: 'linux' },
    { is: 'node', os: 'windows' },
    ...world.systemNamespaces.map((namespace) => ({ is: 'control', namespace }) as const),
  ];
}

function aimsOf(graph: EscalationGraph, hubs: Hubs): readonly Aim[] {
  const { iamEdges } = graph;
  const hubsWithin = iamEdges.size === 0 ? hubs : hubsOf(graph, iamEdges);
  return targetsIn(graph).flatMap((target) => {
    const proposition = graph.find(target);
    if (proposition === undefined) return [];
    const reach = reachOf(graph, proposition, hubs);
    return [{ target, reach, within: iamEdges.size === 0 ? reach : reachOf(graph, proposition, hubsWithin, iamEdges) }];
  });
}

/** What is news of one subject. */
function aimsFor(graph: EscalationGraph, holder: Holder, aims: readonly Aim[], beyondSight: Reach | undefined): readonly Aim[] {
  const from = graph.startOf(holder)!;
  if (!aims.some(({ reach, within }) => reach.mayLead(from) || within.mayLead(from))) return [];
  const groups = graph.world.groupsOf(holder);
  if (holder.mapped?.as.includes(MASTERS)) return [];
  if (holder.mapped ? [holder, ...groups].some(isGivenAll) : [holder, ...groups].some((each) => isAdmin(graph, each))) return [];
  const reached = aims.filter(({ within }) => within.reaches(from));
  // Where more might follow from what was not read, that might be cluster-admin: then nothing less is said.
  const strongest = reached.filter(({ target }) => target.is === 'admin');
  if (strongest.length === 0 && !beyondSight?.reaches(from)) strongest.push(...reached);
  const byDefault = holdsByDefault(holder) && !isClaimed(graph, holder) ? graph.find({ is: 'default-part', subject: holder.text }) : undefined;
  // Of somebody of IAM it is told although his group has it too: else it would come and go as AWS's side is read or not.
  const inherited = holder.mapped ? groups.filter(({ subject }) => partyAudience(subject) !== 'particular') : groups;
  const anyway = [...(byDefault === undefined ? [] : [byDefault]), ...inherited.map((group) => identity(graph, group))];
  const news = strongest.filter(({ within }) => !anyway.some((each) => within.reaches(each)));
  if (graph.iamEdges.size === 0 || strongest.some(({ target }) => target.is === 'admin')) return news;
  // What roles of IAM add is told beside that, so that it hides nothing when it is seen and nothing shows when it is not.
  const more = aims.filter(({ reach, within }) => reach.reaches(from) && !within.reaches(from) && !anyway.some((each) => reach.reaches(each)));
  const most = more.some(({ target }) => target.is === 'admin') ? more.filter(({ target }) => target.is === 'admin' || target.is === 'iam-role') : more;
  return [...news, ...most];
}

/** An account that has the role itself was given it, and so was whoever of IAM is that role. */
function isOwnRole({ meaningOf }: EscalationGraph, derivation: readonly Proposition[]): boolean {
  const [start, inside, role, , ...more] = derivation.map((proposition) => meaningOf(proposition).is);
  if (start === 'identity' && inside === 'iam' && role === 'iam-role') return true;
  return start === 'account' && inside === 'inside' && role === 'iam' && more.length === 0;
}

/** system:masters is what others want to become; what strangers may do is told as such. */
function isBeyond(subject: Party): boolean {
  const audience = partyAudience(subject);
  return audience === 'masters' || audience === 'anonymous';
}

/** Directly, by a binding: a right, and no escalation. */
function isAdmin({ system, meaningOf, find }: EscalationGraph, { text }: Holder): boolean {
  const proposition = find({ is: 'identity', subject: text })!;
  return system.rulesFrom(proposition).some((rule) => {
    const meaning = meaningOf(system.conclusionOf(rule));
    return meaning.is === 'admin' || (meaning.is === 'deed' && meaning.deed.kind === 'admin');
  });
}

/** The same, and not by default: that somebody of IAM signs in as a default subject no right tells. */
function isGivenAll({ text, cluster }: Holder): boolean {
  return cluster.some(({ binding, role, rights }) => (rights.bits & EVERYTHING) !== 0n && !isDefaultGrant(binding.text, role.text, text));
}

/** Whether it goes through somebody or something else; who has the power himself has a finding of it. */
function takesAnother({ meaningOf }: EscalationGraph, derivation: readonly Proposition[], { text, mapped }: Holder): boolean {
  return derivation.some((proposition) => {
    const meaning = meaningOf(proposition);
    return (meaning.is === 'identity' && meaning.subject !== text && !mapped?.as.includes(meaning.subject)) || meaning.is === 'node' || meaning.is === 'role' || meaning.is === 'role-in-each' || meaning.is === 'borrows';
  });
}

function identity({ find }: EscalationGraph, { text }: Holder): Proposition {
  return find({ is: 'identity', subject: text })!;
}
