import { createHash, randomBytes } from 'node:crypto';
import type { Assessment } from '../../lambda/model/assessment.ts';
import type { ClusterTarget } from '../../lambda/model/cluster-target.ts';
import type { MissedTarget, RunScope } from '../../lambda/model/run-scope.ts';
import { readNewestSeal } from '../../lambda/reconcile/newest-seal.ts';
import { reconcile, type Reconciled } from '../../lambda/reconcile/reconcile.ts';
import { writeAssessment, writeMissed, writeScope, writeTargets } from '../../lambda/storage/run-records.ts';
import { ulidSource } from '../../lambda/storage/ulid.ts';
import type { Console } from '../console.ts';
import { openStore, storeName, withStore, withStoreErrors } from '../open-store.ts';
import { version } from '../version.ts';

/** One run's part of the store. */
export interface AuditRecord {
  readonly run: string;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  /** The store as people call it. */
  readonly store: string;
  /** What shows all that is open in it. */
  readonly findingsCommand: string;
  keep(assessment: Assessment, target: ClusterTarget): Promise<void>;
  miss(missed: MissedTarget): Promise<void>;
  /** Compares with what was known, and commits. */
  reconcile(): Promise<Reconciled>;
}

/** What a run is to look at. */
export interface Asked {
  readonly targets: readonly ClusterTarget[];
  /** Asked for too, and known from the beginning not to be audited. */
  readonly missed: readonly MissedTarget[];
  readonly listings: RunScope['listings'];
}

/** Begins a run: its scope and targets are written before anything is looked at. */
export async function openRecord(directory: string, { targets, missed, listings }: Asked, settings: unknown, io: Console): Promise<AuditRecord> {
  const store = openStore(directory);
  const inWords = <T>(work: () => Promise<T>): Promise<T> => withStoreErrors(directory, work);
  const started = io.now();
  const nextUlid = ulidSource(io.now, randomBytes);
  const run = nextUlid();
  const rows = [
    ...targets.map(({ label, arn }) => ({ label, ...(arn === undefined ? {} : { cluster: arn }) })),
    ...missed.map(({ label, cluster }) => ({ label, ...(cluster === undefined ? {} : { cluster }) })),
  ];
  const scope: RunScope = {
    schemaVersion: 1,
    run,
    startedAt: started.toISOString(),
    trigger: 'manual',
    clusters: rows.map(({ label }) => label),
    listings,
    configuration: createHash('sha256').update(JSON.stringify(settings)).digest('hex'),
    version: version(),
    baseSeq: (await inWords(() => readNewestSeal(store)))?.seal.seq ?? 0,
  };
  await inWords(() => writeScope(store, scope));
  await inWords(() => writeTargets(store, run, rows));
  for (const row of missed) await inWords(() => writeMissed(store, run, row));
  return {
    run,
    startedAt: scope.startedAt,
    store: storeName(directory),
    findingsCommand: withStore('eksaminer findings', directory),
    keep: (assessment, { label }) => inWords(() => writeAssessment(store, run, assessment, label)),
    miss: (missed) => inWords(() => writeMissed(store, run, missed)),
    reconcile: () => inWords(() => reconcile(store, run, { attempt: nextUlid(), now: io.now })),
  };
}
