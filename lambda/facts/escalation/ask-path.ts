import type { SourceName } from '../../model/sources.ts';
import { principalOf } from '../identity/principal-arn.ts';
import { subjectText, type Subject } from '../rbac/subject.ts';
import { closureOf } from './closure.ts';
import { cutOf } from './cut.ts';
import { buildEscalationGraph, type EscalationGraph } from './escalation-graph.ts';
import type { Cut, EscalationTarget } from './escalation-path.ts';
import type { EscalationWorld } from './escalation-world.ts';
import { targetsIn } from './find-paths.ts';
import type { Holder } from './holder.ts';
import { IAM_SOURCES } from './iam-side.ts';
import type { Meaning } from './meaning.ts';
import { partyText, type Party } from './party.ts';
import { pathSteps } from './path-words.ts';
import { hubsOf, reachOf } from './reach.ts';

/** What somebody may want to reach: a terminal target, any namespace, or another identity. */
export type AskedTarget = EscalationTarget | { readonly is: 'identity'; readonly subject: Subject };

export interface PathAnswer {
  readonly target: AskedTarget;
  /** `unknown`: no way was found, and what was not read could hold one. */
  readonly answer: 'allowed' | 'denied' | 'unknown';
  /** What is reached instead, where that is as good: cluster-admin. */
  readonly through?: EscalationTarget;
  readonly steps: readonly string[];
  readonly cut: Cut | undefined;
  /** What could hold a way, sorted; empty where the answer is sure. */
  readonly unread: readonly SourceName[];
}

const ADMIN: EscalationTarget = { is: 'admin' };

/**
 * Whoever may be meant by a subject: himself, those of IAM who sign in as a user of that name, and those whom an ARN in place of a name means. Of a name
 * that only a session fills in, nobody.
 */
export function askedParties({ iam, holders }: EscalationWorld, subject: Subject): readonly Party[] {
  if (subject.kind !== 'User') return [subject];
  const arn = principalOf(subject.name)?.compared;
  const text = subjectText(subject);
  const named = (party: Party): boolean => arn !== undefined && party.kind === 'IAM' && principalOf(party.arn)?.compared === arn;
  const found = iam.holders.filter((holder) => named(holder.subject) || holder.mapped?.as.includes(text)).map((holder) => holder.subject);
  return arn !== undefined && found.length > 0 && !holders.bySubject.has(text) ? found : [subject, ...found];
}

/** Ways from somebody to a target, or (without one) to each terminal target; what it holds directly is a way too. */
export function askPath(world: EscalationWorld, subject: Party, asked?: AskedTarget): readonly PathAnswer[] {
  const also = [holderOf(world, subject), ...(asked?.is === 'identity' ? [holderOf(world, asked.subject)] : [])];
  const graph = buildEscalationGraph(world, also, asked?.is === 'control' ? [asked.namespace] : []);
  if (asked) return [answerOf(graph, also[0]!, asked)];
  const admin = answerOf(graph, also[0]!, ADMIN);
  // Whoever comes to everything comes to the rest.
  if (admin.answer === 'allowed') return [admin];
  return [admin, ...targetsIn(graph).filter(({ is }) => is !== 'admin').map((target) => answerOf(graph, also[0]!, target))];
}

function answerOf(graph: EscalationGraph, source: Holder, target: AskedTarget): PathAnswer {
  const hubs = hubsOf(graph);
  const from = graph.startOf(source);
  // Somebody of IAM who is nobody in the cluster.
  if (from === undefined) return { target, answer: 'denied', steps: [], cut: undefined, unread: [] };
  for (const reached of target.is === 'admin' ? [ADMIN] : [target, ADMIN]) {
    const proposition = graph.find(reached.is === 'identity' ? { is: 'identity', subject: subjectText(reached.subject) } : reached);
    if (proposition === undefined) continue;
    const reach = reachOf(graph, proposition, hubs);
    const derivation = reach.derivation(from);
    if (!derivation) continue;
    const through = reached === ADMIN && target.is !== 'admin' ? { through: ADMIN } : {};
    return { target, answer: 'allowed', ...through, steps: pathSteps(graph, derivation), cut: proposition === from ? undefined : cutOf(graph, reach, source), unread: [] };
  }
  const closure = closureOf(graph.system, [from], { hubs });
  const isMissed = (meaning: Meaning): boolean => {
    const proposition = graph.find(meaning);
    return proposition !== undefined && closure.has(proposition);
  };
  const sources = new Set<SourceName>([...graph.world.unread, ...IAM_SOURCES, 'awsAuth', 'ec2LaunchTemplateVersions', 'networkPolicies', 'nodes']);
  const unread = [...sources].filter((source) => isMissed({ is: 'unread', source }) || isMissed({ is: 'unread-iam', source }));
  return { target, answer: unread.length > 0 ? 'unknown' : 'denied', steps: [], cut: undefined, unread: unread.sort() };
}

/** Somebody whom no binding names has the rights of his groups. */
function holderOf({ holders, iam }: EscalationWorld, subject: Party): Holder {
  const text = partyText(subject);
  const known = subject.kind === 'IAM' ? iam.holders.find((holder) => holder.text === text) : holders.bySubject.get(text);
  return known ?? { text, subject, cluster: [], namespaces: new Map() };
}
