import type { Change, FindingChange, SightChange } from '../model/change.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';

/** What a row of the history says of a finding before and after it. */
interface Standing {
  readonly status: 'never' | 'open' | 'excepted' | 'resolved';
  readonly severity: Severity;
}

/**
 * What is left of several runs' changes when they are told at once: what opened and was resolved meanwhile is no news, what worsened
 * twice worsened once. The input is in the order of the seals, rows of one look in any order. One run's changes come out as they went
 * in. What is left depends only on where a finding stood before the first of them and stands after the last.
 * `freshFrom`: the seal of the first look at a cluster, by id. A cluster that was made anew under an old name has findings of the same
 * fingerprints, and they are none of the old one's.
 */
export function netChanges(changes: readonly Change[], freshFrom: ReadonlyMap<string, number> = new Map()): readonly Change[] {
  const findings = new Map<string, { first: FindingChange; last: FindingChange }>();
  const sights = new Map<string, { first: SightChange; last: SightChange }>();
  for (const change of changes) {
    const key = keyOf(change, freshFrom.get(change.cluster.id) ?? Infinity);
    if (isSight(change)) {
      const known = sights.get(key);
      sights.set(key, { first: known?.first ?? change, last: change });
    } else {
      const known = findings.get(key);
      findings.set(key, { first: known?.first ?? change, last: change });
    }
  }
  const net: Change[] = [];
  for (const { first, last } of findings.values()) {
    const left = netFinding(first, last);
    if (left) net.push(left);
  }
  for (const { first, last } of sights.values()) if (first.kind === last.kind) net.push(last);
  return net;
}

export function isSight(change: Change): change is SightChange {
  return change.kind === 'lost-sight' || change.kind === 'regained-sight';
}

function keyOf(change: Change, freshFrom: number): string {
  if (!isSight(change)) return JSON.stringify([change.cluster.id, change.finding.fingerprint, change.seq >= freshFrom && change.origin !== 'cluster-gone']);
  return JSON.stringify([change.cluster.id, change.checks ?? null]);
}

function netFinding(first: FindingChange, last: FindingChange): FindingChange | undefined {
  if (first === last) return first;
  const before = standingBefore(first);
  const after = standingAfter(last);
  const between = kindBetween(before, after);
  // It was told under a stronger one, or is: nothing of it was new, and nothing is repaired.
  if (between === undefined || (first.kind === 'narrowed' && between === 'resolved')) return undefined;
  const kind = last.kind === 'absorbed' && between === 'resolved' ? 'absorbed' : between;
  const { was: _was, ...rest } = last;
  // What came from us or from a setting at either end is not news from the cluster.
  const origin = first.origin === 'cluster' ? last.origin : first.origin;
  return { ...rest, kind, origin, ...(kind === 'worsened' || kind === 'eased' ? { was: before.severity } : {}) };
}

function standingBefore({ kind, finding, was }: FindingChange): Standing {
  if (kind === 'opened') return { status: 'never', severity: finding.severity };
  if (kind === 'narrowed') return { status: 'open', severity: finding.severity };
  if (kind === 'reopened') return { status: 'resolved', severity: finding.severity };
  if (kind === 'unexcepted') return { status: 'excepted', severity: finding.severity };
  // A finding that is excepted may be resolved or change as it is; only `excepted` itself says that it was open before.
  return { status: kind === 'excepted' ? 'open' : finding.status, severity: was ?? finding.severity };
}

function standingAfter({ kind, finding }: FindingChange): Standing {
  if (kind === 'resolved' || kind === 'absorbed') return { status: 'resolved', severity: finding.severity };
  return { status: finding.status, severity: finding.severity };
}

function kindBetween(before: Standing, after: Standing): FindingChange['kind'] | undefined {
  const gone = (standing: Standing): boolean => standing.status === 'never' || standing.status === 'resolved';
  if (gone(before) && gone(after)) return undefined;
  if (gone(after)) return 'resolved';
  if (gone(before)) {
    if (after.status === 'excepted') return 'excepted';
    return before.status === 'never' ? 'opened' : 'reopened';
  }
  if (before.status !== after.status) return after.status === 'excepted' ? 'excepted' : 'unexcepted';
  const order = compareSeverity(after.severity, before.severity);
  if (order < 0) return 'worsened';
  return order > 0 ? 'eased' : 'updated';
}
