import { cutOf } from './cut.ts';
import { buildEscalationGraph, holdsByDefault, type EscalationGraph } from './escalation-graph.ts';
import { MASTERS, type EscalationWorld } from './escalation-world.ts';
import type { EscalationPath, EscalationTarget } from './escalation-path.ts';
import type { Holder } from './holder.ts';
import { partyAudience, type Party } from './party.ts';
import { pathSources } from './path-sources.ts';
import { pathSteps } from './path-words.ts';
import { hubsOf, reachOf, type Hubs, type Reach } from './reach.ts';
import type { Proposition } from './rule-system.ts';

interface Aim {
  readonly target: EscalationTarget;
  readonly reach: Reach;
}

/**
 * Every way from a subject to a terminal target that is news: not what it holds directly (its rights say that), not what its groups or the defaults of
 * Kubernetes, EKS and add-ons give it anyway, and nothing beside cluster-admin where that is reached.
 */
export function findEscalationPaths(world: EscalationWorld): readonly EscalationPath[] {
  const graph = buildEscalationGraph(world);
  const hubs = hubsOf(graph);
  const aims = aimsOf(graph, hubs);
  const unseen = graph.find({ is: 'beyond-sight' });
  const beyondSight = unseen === undefined ? undefined : reachOf(graph, unseen, hubs);
  const found: EscalationPath[] = [];
  const sources = [...graph.world.users, ...graph.world.groups, ...[...graph.world.accountHolders.values()].flat(), ...graph.world.principals];
  for (const holder of sources) {
    if (isBeyond(holder.subject)) continue;
    for (const { target, reach } of aimsFor(graph, holder, aims, beyondSight)) {
      const derivation = reach.derivation(identity(graph, holder))!;
      if (target.is === 'control' && !takesAnother(graph, derivation, holder)) continue;
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
    { is: 'node', os: 'linux' },
    { is: 'node', os: 'windows' },
    ...world.systemNamespaces.map((namespace) => ({ is: 'control', namespace }) as const),
  ];
}

function aimsOf(graph: EscalationGraph, hubs: Hubs): readonly Aim[] {
  return targetsIn(graph).flatMap((target) => {
    const proposition = graph.find(target);
    return proposition === undefined ? [] : [{ target, reach: reachOf(graph, proposition, hubs) }];
  });
}

/** What is news of one subject. */
function aimsFor(graph: EscalationGraph, holder: Holder, aims: readonly Aim[], beyondSight: Reach | undefined): readonly Aim[] {
  const from = identity(graph, holder);
  const groups = graph.world.groupsOf(holder);
  if (holder.mapped?.as.includes(MASTERS)) return [];
  if ([holder, ...groups].some((each) => isAdmin(graph, each))) return [];
  const reached = aims.filter(({ reach }) => reach.reaches(from));
  // Where more might follow from what was not read, that might be cluster-admin: then nothing less is said.
  const strongest = reached.filter(({ target }) => target.is === 'admin');
  if (strongest.length === 0 && !beyondSight?.reaches(from)) strongest.push(...reached);
  const byDefault = holdsByDefault(holder) ? graph.find({ is: 'default-part', subject: holder.text }) : undefined;
  // Of somebody of IAM it is told although his group has it too: else it would come and go as AWS's side is read or not.
  const inherited = holder.mapped ? groups.filter(({ subject }) => partyAudience(subject) !== 'particular') : groups;
  const anyway = [...(byDefault === undefined ? [] : [byDefault]), ...inherited.map((group) => identity(graph, group))];
  return strongest.filter(({ reach }) => !anyway.some((each) => reach.reaches(each)));
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

/** Whether it goes through somebody or something else; who has the power himself has a finding of it. */
function takesAnother({ meaningOf }: EscalationGraph, derivation: readonly Proposition[], { text, mapped }: Holder): boolean {
  return derivation.some((proposition) => {
    const meaning = meaningOf(proposition);
    return (meaning.is === 'identity' && meaning.subject !== text && !mapped?.as.includes(meaning.subject)) || meaning.is === 'node' || meaning.is === 'role';
  });
}

function identity({ find }: EscalationGraph, { text }: Holder): Proposition {
  return find({ is: 'identity', subject: text })!;
}
