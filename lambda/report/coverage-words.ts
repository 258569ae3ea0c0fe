import type { Assessment, CheckOutcome } from '../model/assessment.ts';
import type { RefusalCode } from '../model/collected.ts';
import type { Unread } from '../model/derived.ts';
import { KINDS } from '../model/kinds.ts';
import { AWS_SOURCES, isAwsSource, isKubernetesSource, type SourceName } from '../model/sources.ts';
import { counted } from '../model/time-words.ts';

/** How much of one cluster was judged. */
export interface Judged {
  readonly checks: number;
  /** Outcome pass, fail or not applicable. */
  readonly assessed: number;
  readonly notEvaluated: readonly CheckOutcome[];
  readonly errors: readonly CheckOutcome[];
  /** Failed, and could not look everywhere: there may be more. */
  readonly incomplete: readonly CheckOutcome[];
}

export function judgedOf({ outcomes }: Pick<Assessment, 'outcomes'>): Judged {
  const notEvaluated = outcomes.filter(({ outcome }) => outcome === 'not-evaluated');
  const errors = outcomes.filter(({ outcome }) => outcome === 'error');
  return {
    checks: outcomes.length,
    assessed: outcomes.length - notEvaluated.length - errors.length,
    notEvaluated,
    errors,
    incomplete: outcomes.filter(({ outcome, unread }) => outcome === 'fail' && unread.length > 0),
  };
}

/** "28 of 37 checks assessed; 9 not: may not list networkpolicies, ingresses (docs/permissions.md)". */
export function coverageWords(assessment: Pick<Assessment, 'outcomes'>): string {
  const { checks, assessed, notEvaluated, errors, incomplete } = judgedOf(assessment);
  const parts = [`${assessed} of ${counted(checks, 'check')} assessed`];
  if (notEvaluated.length > 0) parts.push(`${notEvaluated.length} not: ${reasonWords(notEvaluated.flatMap(({ unread }) => unread))}`);
  if (incomplete.length > 0) parts.push(`${incomplete.length} found something and could not look everywhere${notEvaluated.length > 0 ? '' : `: ${reasonWords(incomplete.flatMap(({ unread }) => unread))}`}`);
  if (errors.length > 0) parts.push(`${errors.length} failed (a defect of ours): ${errors.map(({ check }) => check).join(', ')}`);
  return parts.join('; ');
}

/** Sources that were not read, grouped by why. A word a source, each once. */
export function reasonWords(unread: readonly Unread[]): string {
  const groups = new Map<RefusalCode, Map<SourceName, string>>();
  for (const { source, reason } of unread) {
    const group = groups.get(reason.code) ?? new Map<SourceName, string>();
    if (!group.has(source)) group.set(source, reason.message);
    groups.set(reason.code, group);
  }
  return [...groups].map(([code, sources]) => groupWords(code, sources)).join('; ') || 'no reason is known';
}

/** More names than these are a number. */
const NAMED_SOURCES = 5;

function groupWords(code: RefusalCode, sources: ReadonlyMap<SourceName, string>): string {
  const names = [...new Set([...sources.keys()].sort().map(sourceWords))];
  const shown = names.length > NAMED_SOURCES ? [...names.slice(0, NAMED_SOURCES), `${names.length - NAMED_SOURCES} more`] : names;
  const list = shown.join(', ');
  if (code === 'forbidden') return `may not read ${list} (docs/permissions.md)`;
  if (code === 'not-in-capture') return `not in the capture: ${list}`;
  if (code === 'fields-not-kept') return `an older capture did not keep what is needed of ${list}; make a new one`;
  const [message] = sources.values();
  if (code === 'not-configured' || new Set(sources.values()).size === 1) return message!;
  return `${list}: ${message!}`;
}

/** A source as its owner calls it: "networkpolicies", "eks describe-cluster". */
export function sourceWords(source: SourceName): string {
  if (isKubernetesSource(source)) {
    const { plural, only } = KINDS[source] as { readonly plural: string; readonly only?: { readonly names: readonly string[] } };
    return only ? `ConfigMap ${only.names.join(', ')}` : plural;
  }
  if (isAwsSource(source)) return AWS_SOURCES[source].actions.at(-1)!;
  return 'version';
}
