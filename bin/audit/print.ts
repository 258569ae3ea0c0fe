import { CHECKS } from '../../lambda/checks/registry.ts';
import type { Assessment } from '../../lambda/model/assessment.ts';
import type { ClusterTarget } from '../../lambda/model/cluster-target.ts';
import type { MissedTarget } from '../../lambda/model/run-scope.ts';
import { digest, type Digest } from '../../lambda/notify/digest.ts';
import { shortIds } from '../../lambda/notify/short-ids.ts';
import { withoutKeptBack } from '../../lambda/reconcile/kept-back.ts';
import type { Reconciled } from '../../lambda/reconcile/reconcile.ts';
import { auditDocument } from '../../lambda/report/json/audit-document.ts';
import { sarifLog } from '../../lambda/report/sarif/sarif-log.ts';
import { auditReport } from '../../lambda/report/terminal/audit-report.ts';
import type { ClusterLine } from '../../lambda/report/terminal/cluster-blocks.ts';
import { columnsOf, itemsThatFit, type Console } from '../console.ts';
import { version } from '../version.ts';
import type { Gate } from './gate.ts';
import type { AuditRecord } from './record.ts';

/** What came of one target. */
export type Audit = { readonly target: Labelled; readonly assessment: Assessment } | { readonly target: Labelled; readonly missed: MissedTarget };

type Labelled = Pick<ClusterTarget, 'label'>;

/** A run that is over. */
export interface Audited {
  /** In the order in which they were asked for. */
  readonly audits: readonly Audit[];
  readonly reconciled: Reconciled;
  readonly record: AuditRecord;
}

export interface PrintOptions {
  readonly output: 'table' | 'json' | 'sarif';
  readonly all?: boolean;
}

const MOST_NEWS = 25;

/** What goes to standard output. */
export function printed(audited: Audited, gate: Gate | undefined, { output, all }: PrintOptions, io: Console): string {
  const { audits, reconciled, record } = audited;
  const assessments = assessmentsOf(audits);
  const missed = missedOf(audits);
  if (output === 'sarif') return sarifLog({ version: version(), checks: CHECKS, assessments, missed });
  if (output === 'json') {
    const run = { id: record.run, seq: reconciled.seq, startedAt: record.startedAt, version: version() };
    return auditDocument({ run, assessments, missed, changes: reconciled.changes, ...(gate ? { gate } : {}) });
  }
  const told = digest(reconciled.changes, reconciled.states, reconciled.before, CHECKS);
  const known = reconciled.states.flatMap(({ findings }) => findings.map(({ item }) => item));
  const shown = told.items.concat(told.baseline?.items ?? []).map(({ id }) => id);
  return auditReport(
    { clusters: clusterLines(audited, told), digest: told, store: record.store },
    {
      width: columnsOf(io),
      colour: io.colour,
      now: io.now().toISOString(),
      short: shortIds([...known, ...shown]),
      places: all ? Infinity : 3,
      items: all ? Infinity : itemsThatFit(io),
      // What changed is told once: the next run will not say it again.
      news: all ? Infinity : Math.max(MOST_NEWS, itemsThatFit(io)),
      rest: record.findingsCommand,
    },
  );
}

/**
 * What came of each target once it was compared: a look that the record did not take (of the future, or the second of one cluster in
 * this run) is no audit, however much it saw. Of one that it took, what the record keeps back is left out.
 */
export function countedAudits(audits: readonly Audit[], { looks, states }: Pick<Reconciled, 'looks' | 'states'>, run: string): readonly Audit[] {
  const recorded = new Map(states.map((state) => [state.cluster.id, state]));
  return audits.map((audit) => {
    const row = 'missed' in audit ? undefined : looks.find(({ label }) => label === audit.target.label);
    const taken = row === undefined || row.result === 'audited' || (row.result === 'superseded' && row.by?.run !== run);
    if (taken) return 'missed' in audit ? audit : { ...audit, assessment: withoutKeptBack(audit.assessment, recorded.get(audit.assessment.cluster.id)) };
    return { target: audit.target, missed: { label: audit.target.label, reason: row.reason ?? 'the record did not take it', ...(row.cluster ? { cluster: row.cluster.id } : {}) } };
  });
}

function clusterLines({ audits, reconciled: { states, superseded } }: Audited, { standing }: Digest): ClusterLine[] {
  return audits.map((audit): ClusterLine => {
    if ('missed' in audit) {
      const { label, cluster, reason } = audit.missed;
      const unseen = standing.unseen.find((row) => row.cluster.id === cluster || row.cluster.label === label);
      return { label, reason, ...(unseen ? { unseen } : {}) };
    }
    const { assessment } = audit;
    const { id, label } = assessment.cluster;
    const newer = superseded.includes(id) ? states.find(({ cluster }) => cluster.id === id)?.observedAt : undefined;
    return { label, assessment, ...(newer === undefined ? {} : { newer }) };
  });
}

export function assessmentsOf(audits: readonly Audit[]): readonly Assessment[] {
  return audits.flatMap((audit) => ('assessment' in audit ? audit.assessment : []));
}

export function missedOf(audits: readonly Audit[]): readonly MissedTarget[] {
  return audits.flatMap((audit) => ('missed' in audit ? audit.missed : []));
}
