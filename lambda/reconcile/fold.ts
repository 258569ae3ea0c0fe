import type { Change, OpenFinding, SightChange } from '../model/change.ts';
import type { CheckState, ClusterState } from '../model/cluster-state.ts';
import type { AssessmentRow, LookRow } from '../model/history.ts';
import type { ClusterRows } from './cluster-rows.ts';
import { isEvaluated, isWhole, union, whyUnseen } from './sight.ts';

/**
 * The state of a cluster after these rows. The only way in which a state comes to be: reconcile folds the rows that it is about to
 * commit, and whoever lost a state folds the history. Answers `previous` itself where the rows change nothing.
 */
export function fold(previous: ClusterState | undefined, { look, assessments, changes }: ClusterRows): ClusterState | undefined {
  const { cluster, run, seq, observedAt } = look;
  if (!cluster || look.result === 'superseded') return previous;
  const base = look.baseline ? undefined : previous;
  if (look.result === 'missed') return foldMissed(base, { ...look, cluster });
  const counted = look.baseline === 'another' ? changes.filter(({ origin }) => origin !== 'cluster-gone') : changes;
  const folded = foldFindings(base, counted);
  if (look.result === 'gone') {
    const { unseen: _, ...rest } = base ?? emptyState({ ...look, cluster });
    return { ...rest, run, seq, ...folded, gone: { at: observedAt } };
  }
  return {
    schemaVersion: 1,
    cluster,
    firstSeen: base?.firstSeen ?? observedAt,
    observedAt,
    run,
    seq,
    namespaces: base?.observedAt === undefined ? look.namespaces ?? 'all' : union(base.namespaces, look.namespaces ?? 'all'),
    checks: foldChecks(base?.checks ?? [], assessments, counted),
    ...folded,
  };
}

function emptyState({ cluster, run, seq }: LookRow & Pick<ClusterState, 'cluster'>): ClusterState {
  return { schemaVersion: 1, cluster, run, seq, namespaces: [], checks: [], findings: [], resolved: [] };
}

function foldMissed(base: ClusterState | undefined, look: LookRow & Pick<ClusterState, 'cluster'>): ClusterState {
  const { observedAt, run, seq, reason = '' } = look;
  const state = { ...(base ?? emptyState(look)), run, seq };
  return state.gone ? state : { ...state, unseen: { since: base?.unseen?.since ?? observedAt, reason } };
}

function foldFindings(base: ClusterState | undefined, changes: readonly Change[]): Pick<ClusterState, 'findings' | 'resolved'> {
  const findings = new Map<string, OpenFinding>(base?.findings.map((finding) => [finding.fingerprint, finding]));
  const resolved = new Map(base?.resolved.map((row) => [row.fingerprint, row]));
  for (const change of changes) {
    if (isSightChange(change)) continue;
    const { fingerprint } = change.finding;
    if (change.kind === 'resolved' || change.kind === 'absorbed') {
      findings.delete(fingerprint);
      resolved.set(fingerprint, { fingerprint, at: change.observedAt });
    } else {
      findings.set(fingerprint, change.finding);
      resolved.delete(fingerprint);
    }
  }
  const byFingerprint = (a: { readonly fingerprint: string }, b: { readonly fingerprint: string }): number => (a.fingerprint < b.fingerprint ? -1 : 1);
  return { findings: [...findings.values()].sort(byFingerprint), resolved: [...resolved.values()].sort(byFingerprint) };
}

function foldChecks(before: readonly CheckState[], rows: readonly AssessmentRow[], changes: readonly Change[]): CheckState[] {
  const checks = new Map(before.map((check) => [check.check, check]));
  for (const row of rows) checks.set(row.check, foldCheck(checks.get(row.check), row));
  for (const change of changes) {
    if (!isSightChange(change) || change.kind !== 'lost-sight') continue;
    for (const check of change.checks ?? []) {
      const state = checks.get(check) ?? { check };
      const { since, reason } = state.unseen ?? { since: change.observedAt, reason: change.reason ?? '' };
      checks.set(check, { ...state, unseen: { since, reason, lost: true } });
    }
  }
  return [...checks.values()].sort((a, b) => (a.check < b.check ? -1 : 1));
}

function foldCheck(before: CheckState | undefined, row: AssessmentRow): CheckState {
  const { check, revision, outcome, observedAt } = row;
  const unseen = isWhole(row) ? undefined : { ...before?.unseen, since: before?.unseen?.since ?? observedAt, reason: whyUnseen(row) };
  const seenOnce = row.seenOnce ? { seenOnce: row.seenOnce } : {};
  if (!isEvaluated(outcome)) {
    const { seenOnce: _, ...rest } = before ?? { check };
    return { ...rest, ...(unseen ? { unseen } : {}), ...seenOnce };
  }
  const unread = row.unread.map(({ source }) => source).sort();
  const neverRead = before?.revision === undefined ? unread : unread.filter((source) => before.neverRead?.includes(source));
  const raised = before?.revision !== undefined && (before.revision !== revision || before.unsettled);
  return {
    check,
    revision,
    outcome,
    ...(unseen ? { unseen } : {}),
    ...(neverRead.length > 0 ? { neverRead } : {}),
    ...(unseen && raised ? { unsettled: true } : {}),
    ...seenOnce,
  };
}

function isSightChange(change: Change): change is SightChange {
  return change.kind === 'lost-sight' || change.kind === 'regained-sight';
}
