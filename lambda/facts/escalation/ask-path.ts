import type { SourceName } from '../../model/sources.ts';
import { subjectText, type Subject } from '../rbac/subject.ts';
import { closureOf } from './closure.ts';
import { cutOf } from './cut.ts';
import { buildEscalationGraph, type EscalationGraph } from './escalation-graph.ts';
import type { Cut, EscalationTarget } from './escalation-path.ts';
import type { EscalationWorld } from './escalation-world.ts';
import { targetsIn } from './find-paths.ts';
import type { Holder } from './holder.ts';
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

/** Ways from a subject to a target, or (without one) to each terminal target; what it holds directly is a way too. */
export function askPath(world: EscalationWorld, subject: Subject, asked?: AskedTarget): readonly PathAnswer[] {
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
  const from = graph.find({ is: 'identity', subject: source.text })!;
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
  const unread = [...graph.world.unread].filter((name) => {
    const proposition = graph.find({ is: 'unread', source: name });
    return proposition !== undefined && closure.has(proposition);
  });
  return { target, answer: unread.length > 0 ? 'unknown' : 'denied', steps: [], cut: undefined, unread: unread.sort() };
}

/** Somebody whom no binding names has the rights of his groups. */
function holderOf({ holders }: EscalationWorld, subject: Subject): Holder {
  const text = subjectText(subject);
  return holders.bySubject.get(text) ?? { text, subject, cluster: [], namespaces: new Map() };
}
