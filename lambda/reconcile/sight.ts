import type { CheckOutcome, OutcomeKind } from '../model/assessment.ts';
import type { RefusalCode } from '../model/collected.ts';
import type { Unread } from '../model/derived.ts';
import { KINDS } from '../model/kinds.ts';
import { isKubernetesSource, type SourceName } from '../model/sources.ts';
import type { ResourceRef } from '../model/violation.ts';

type Namespaces = 'all' | readonly string[];

/** Something was said of the cluster. An error is no answer, and neither is `not-evaluated`. */
export function isEvaluated(outcome: OutcomeKind): boolean {
  return outcome === 'pass' || outcome === 'fail' || outcome === 'not-applicable';
}

/** Everything was read that the answer could rest on: only then may something be called resolved or eased. */
export function isWhole({ outcome, unread }: { readonly outcome: OutcomeKind; readonly unread: readonly Unread[] }): boolean {
  return isEvaluated(outcome) && unread.length === 0;
}

/** Of the way to the cluster, whichever source was asked for. */
const WHOLE_CLUSTER: ReadonlySet<RefusalCode> = new Set(['unreachable', 'timeout', 'unauthorized']);

/**
 * Why a check is not seen whole, in one sentence. One cause may keep every source of a cluster from being read: it is said once, without the sources, so that
 * checks that need different ones are out of sight for the same reason.
 */
export function whyUnseen({ reason, unread }: Pick<CheckOutcome, 'unread'> & { readonly reason?: string | undefined }): string {
  const [message, ...others] = new Set(unread.map((row) => row.reason.message));
  if (message !== undefined && others.length === 0 && (unread.length > 1 || WHOLE_CLUSTER.has(unread[0]!.reason.code))) return message;
  return reason ?? unread.map((row) => `${row.source}: ${row.reason.message}`).join('; ');
}

/** The namespace that a thing is in, or that it is. */
export function namespaceOf(resource: ResourceRef): string | undefined {
  return resource.namespace ?? (resource.apiVersion === 'v1' && resource.kind === 'Namespace' ? resource.name : undefined);
}

/** Whether every namespace of `inner` is among `outer`. */
export function covers(outer: Namespaces, inner: Namespaces): boolean {
  if (outer === 'all') return true;
  return inner !== 'all' && inner.every((namespace) => outer.includes(namespace));
}

export function union(a: Namespaces, b: Namespaces): Namespaces {
  if (a === 'all' || b === 'all') return 'all';
  return [...new Set([...a, ...b])].sort();
}

/** A list of which a look at some namespaces sees a part only. */
export function isNamespaced(source: SourceName): boolean {
  return isKubernetesSource(source) && KINDS[source].namespaced;
}

/**
 * Whether a look at these namespaces sees all that a finding rests on, so that its absence means that it is gone. A look at some
 * namespaces does where it covers those in which the finding was seen, or where the finding rests on nothing but its own kind's
 * list (a container's privileges, not a right that a binding elsewhere may give).
 */
export function reaches(look: Namespaces, finding: { readonly resource: ResourceRef; readonly restsOn: readonly SourceName[]; readonly namespaces?: readonly string[] }): boolean {
  if (look === 'all') return true;
  const namespace = namespaceOf(finding.resource);
  if (namespace !== undefined && !look.includes(namespace)) return false;
  if (finding.namespaces && covers(look, finding.namespaces)) return true;
  return finding.restsOn.every((source) => !isNamespaced(source) || (namespace !== undefined && isKubernetesSource(source) && KINDS[source].kind === finding.resource.kind));
}
