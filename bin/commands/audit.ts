import pMap from 'p-map';
import { assess } from '../../lambda/assess/assess.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import type { ClusterTarget } from '../../lambda/model/cluster-target.ts';
import type { MissedTarget } from '../../lambda/model/run-scope.ts';
import { knownChecks, parseFailOn } from '../audit/fail-on.ts';
import { gate, type Gate } from '../audit/gate.ts';
import { interruptible } from '../audit/interruptible.ts';
import { look, type EksLook } from '../audit/look.ts';
import { createProgress } from '../audit/progress.ts';
import { openRecord, type Asked, type AuditRecord } from '../audit/record.ts';
import { assessmentsOf, countedAudits, missedOf, printed, type Audit, type Audited } from '../audit/print.ts';
import { refuseContradictions, targetsOf, type SourceOptions } from '../audit/targets.ts';
import type { Console } from '../console.ts';
import { withStore } from '../open-store.ts';

export interface AuditOptions extends SourceOptions {
  readonly store: string;
  readonly failOn?: readonly string[];
  readonly allowUnevaluated?: readonly string[];
  readonly output: 'table' | 'json' | 'sarif';
  readonly all?: boolean;
  readonly quiet?: boolean;
  readonly concurrency: number;
}

/** `eksaminer audit`: look at every target, record, compare, print, and say by the exit code what `--fail-on` asks. */
export async function audit(options: AuditOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const failOn = parseFailOn(options.failOn ?? []);
  const allowed = knownChecks(options.allowUnevaluated ?? [], '--allow-unevaluated');
  await interruptible(io, withStore('eksaminer findings', options.store), async (phase) => {
    const asked = await askedFor(options, io);
    const record = await openRecord(options.store, asked, options, io);
    const looked = await lookAtAll(asked, options, record, io);
    phase.mayNotBeCut('the record is being written');
    const reconciled = await record.reconcile();
    const audits = countedAudits(looked, reconciled, record.run);
    const audited: Audited = { audits, reconciled, record };
    const verdict = gate({
      failOn,
      allowed,
      checks: CHECKS,
      assessments: assessmentsOf(audits),
      missed: missedOf(audits),
      changes: reconciled.changes,
      states: reconciled.states,
      before: reconciled.before,
      superseded: reconciled.superseded,
      again: commandOf(options),
    });
    phase.mayBeCut();
    settle(verdict.code);
    await io.out(printed(audited, failOn.length > 0 ? verdict : undefined, options, io));
    tell(audited, verdict, io);
  });
}

async function askedFor(options: AuditOptions, io: Console): Promise<Asked & { readonly eks?: EksLook }> {
  refuseContradictions(options);
  if (!options.eks) return { targets: await targetsOf(options), missed: [], listings: [] };
  const { clustersOfEks } = await import('../audit/clusters-of-eks.ts');
  return clustersOfEks(options, io);
}

async function lookAtAll({ targets, missed, eks }: Asked & { readonly eks?: EksLook }, options: AuditOptions, record: AuditRecord, io: Console): Promise<readonly Audit[]> {
  const progress = createProgress(io, targets.length, options.quiet === true);
  const namespaces = options.namespace ? { namespaces: options.namespace } : {};

  async function auditOne(target: ClusterTarget): Promise<Audit> {
    const onProgress = (doing: string): void => progress.tell(target.label, doing);
    const looked = await look(target, { startedAt: record.startedAt, now: io.now, onProgress, ...namespaces, ...(eks ? { eks } : {}) });
    progress.done(target.label);
    if (looked.ok) {
      const assessment = assess(looked.snapshot);
      await record.keep(assessment, target);
      return { target, assessment };
    }
    const cluster = looked.cluster ?? target.arn;
    const missed: MissedTarget = { label: target.label, reason: looked.reason.message, ...(cluster === undefined ? {} : { cluster }) };
    await record.miss(missed);
    progress.clear();
    for (const problem of looked.problems) io.note(`eksaminer: ${problem}`);
    return { target, missed };
  }

  try {
    // In the order in which they were asked for, whoever answers first.
    const audits = await pMap(targets, auditOne, { concurrency: options.concurrency });
    return [...audits, ...missed.map((row) => ({ target: row, missed: row }))];
  } finally {
    progress.end();
  }
}

/** What a reader of standard output alone must not be bothered with, and a person must know. */
function tell({ audits }: Audited, verdict: Gate, io: Console): void {
  for (const { problems } of assessmentsOf(audits)) for (const problem of problems) io.note(`eksaminer: ${problem}`);
  const shown = verdict.reasons.slice(0, MOST_REASONS);
  for (const reason of shown) io.note(`eksaminer: ${reason}`);
  const more = verdict.reasons.length - shown.length;
  if (more > 0) io.note(`eksaminer: … and ${more} more reasons; --output json has them all`);
}

const MOST_REASONS = 12;

/** The same audit again, as a person would type it. */
function commandOf({ from, context, allContexts, store, eks, region, profile }: AuditOptions): string {
  const words = ['eksaminer audit'];
  if (from) words.push('--from', ...from);
  if (context) words.push('--context', ...context);
  if (allContexts) words.push('--all-contexts');
  if (eks) words.push('--eks');
  if (region) words.push('--region', ...region);
  if (profile !== undefined) words.push('--profile', profile);
  return withStore(words.join(' '), store);
}
