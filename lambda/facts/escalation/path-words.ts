import { DEEDS, type Deed, type DeedKind } from './deeds.ts';
import type { EscalationGraph } from './escalation-graph.ts';
import { grantsBehind } from './grants-behind.ts';
import type { Meaning } from './meaning.ts';
import type { Proposition } from './rule-system.ts';
import { isOfIam, takenByIam } from './iam-words.ts';

/** A path for people, one line a step: who does what by which binding, and what he then is. */
export function pathSteps(graph: EscalationGraph, path: readonly Proposition[]): readonly string[] {
  const doneBy = new Map([...grantsBehind(graph, path)].map((done) => [done.deed, done]));
  return path.flatMap((proposition, index) => {
    if (index === 0) return [];
    const meaning = graph.meaningOf(proposition);
    const before = graph.meaningOf(path[index - 1]!);
    if (meaning.is === 'identity' && before.is === 'identity') return [signsIn(graph, before.subject, meaning.subject)];
    if (isOfIam(meaning, before)) return takenByIam(graph, meaning, before);
    if (meaning.is === 'borrows') return [`${meaning.subject} is taken for others in some requests, by ${doneBy.get(proposition)?.grants[0]?.binding.text ?? 'a binding'} to ${meaning.role}`];
    if (meaning.is !== 'deed') return isPart(meaning, before) ? [] : taken(meaning);
    const done = doneBy.get(proposition);
    const by = done ? `, by ${done.grants[0]!.binding.text} to ${done.grants[0]!.role.text}${done.grants.length > 1 ? ` and ${done.grants.length - 1} more` : ''}` : '';
    return [`${done ? `${done.holder.text} ` : ''}${DEEDS[meaning.deed.kind].says}${deedPlace(meaning.deed, meaning.namespace)}${by}`];
  });
}

/** Of somebody of IAM it is said by what; others are in a group by what they are. */
function signsIn({ world }: EscalationGraph, from: string, to: string): string {
  const mapped = world.holder(from)?.mapped;
  if (!mapped) return `is then ${to}`;
  if (world.holder(to)?.subject.kind === 'IAM') return `${from} has ${to}`;
  return `${from} ${mapped.as.includes(to) ? 'signs in' : 'may sign in'} as ${to}, by ${mapped.via === 'aws-auth' ? 'aws-auth' : 'its access entry'}${mapped.as.includes(to) ? '' : ' and the name of its session'}`;
}

/** One namespace of every one that the line before speaks of. */
function isPart(meaning: Meaning, before: Meaning): boolean {
  return meaning.is === before.is && 'namespace' in meaning && !('namespace' in before);
}

/** Deeds that are of the cluster, so that no place is said. */
const EVERYWHERE: ReadonlySet<DeedKind> = new Set([
  'admin',
  'act-as-users',
  'act-as-groups',
  'rewrite-cluster-roles',
  'bind-everywhere',
  'join-cluster-bindings',
  'proxy-nodes',
  'write-webhooks',
  'write-api-services',
  'create-volumes',
  'create-aws-auth',
  'change-aws-auth',
]);

function deedPlace({ kind, name }: Deed, namespace: string | undefined): string {
  const limited = name === undefined ? '' : ` (${name})`;
  if (EVERYWHERE.has(kind)) return limited;
  return namespace === undefined ? `${limited} in every namespace` : `${limited} in ${namespace}`;
}

function taken(meaning: Exclude<Meaning, { is: 'deed' }>): readonly string[] {
  switch (meaning.is) {
    case 'identity':
      return [`is then ${meaning.subject}`];
    case 'role':
      return [`holds then ${meaning.role}${meaning.namespace === undefined ? '' : ` in ${meaning.namespace}`}`];
    case 'role-in-each':
      return [`holds then ${meaning.role} in every namespace`];
    case 'everything':
      return [`holds then every right in ${meaning.namespace ?? 'every namespace'}`];
    case 'accounts':
    case 'named-accounts':
      return [`may be any ServiceAccount of ${meaning.namespace ?? 'every namespace'}`];
    case 'inside-pods':
      return [`finds the tokens of the pods of ${meaning.namespace ?? 'every namespace'}`];
    case 'any-user':
      return ['may be any user'];
    case 'any-group':
      return ['may be in any group'];
    case 'node':
      return [`has the ${meaning.os} nodes, and every account whose pods may run there`];
    case 'node-credentials':
      return [`asks the metadata service of the ${meaning.os} nodes for their credentials, and may be every account whose pods run there`];
    case 'admin':
      return ['is then cluster-admin'];
    case 'control':
      return [`controls ${meaning.namespace}`];
    default:
      return [];
  }
}
