import type { Assessment } from '../../lambda/model/assessment.ts';
import type { Change } from '../../lambda/model/change.ts';
import type { MissedTarget, RunScope, RunTarget } from '../../lambda/model/run-scope.ts';
import { newestSeq } from '../../lambda/reconcile/newest-seal.ts';
import { reconcile, type Reconciled } from '../../lambda/reconcile/reconcile.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { writeAssessment, writeMissed, writeScope, writeTargets } from '../../lambda/storage/run-records.ts';
import { ulidSource } from '../../lambda/storage/ulid.ts';

/** What a run is given. Its start is that of its first look, less a second, where none is told. */
export interface GivenRun {
  readonly assessments?: readonly Assessment[];
  readonly targets?: readonly RunTarget[];
  readonly missed?: readonly MissedTarget[];
  readonly startedAt?: string;
  readonly scope?: Partial<RunScope>;
}

/** The clock of every test: later than all looks in it. */
export const NOW = new Date('2026-11-22T00:00:00.000Z');

let names = 0;
const random = ulidSource(
  () => new Date('2026-11-21T06:00:00.000Z'),
  (bytes) => Uint8Array.from({ length: bytes }, (_, index) => (index < 8 ? 0 : (names = (names * 31 + 7) % 256))),
);

/** A ULID whose date is that of the tests' looks. */
export const ulid = (): string => random();

/** Writes what a run leaves before it is reconciled. Answers the run. */
export async function beginRun(store: ObjectStore, given: GivenRun): Promise<string> {
  const run = ulid();
  const { assessments = [], missed = [] } = given;
  const targets = given.targets ?? [...assessments.map(({ cluster }) => ({ label: cluster.label, cluster: cluster.id })), ...missed.map(({ label }) => ({ label }))];
  const first = assessments.map(({ observedAt }) => observedAt).sort()[0];
  const startedAt = given.startedAt ?? new Date(Date.parse(first ?? '2026-11-21T06:00:00.000Z') - 1000).toISOString();
  const scope: RunScope = {
    schemaVersion: 1,
    ...{ run, startedAt, trigger: 'manual', clusters: targets.map(({ label }) => label), listings: [], configuration: '0', version: '0.0.0' },
    baseSeq: await newestSeq(store),
    ...given.scope,
  };
  await writeScope(store, scope);
  await writeTargets(store, run, targets);
  for (const assessment of assessments) await writeAssessment(store, run, assessment);
  for (const row of missed) await writeMissed(store, run, row);
  return run;
}

export function finish(store: ObjectStore, run: string, now = NOW): Promise<Reconciled> {
  return reconcile(store, run, { attempt: ulid(), now: () => now });
}

export async function runOf(store: ObjectStore, given: GivenRun): Promise<Reconciled> {
  return finish(store, await beginRun(store, given));
}

/** Changes in a line each: kind, origin, what. */
export function told(changes: readonly Change[]): string[] {
  return changes.map((change) => {
    if (!('finding' in change)) return `${change.kind} (${change.origin}) ${change.checks?.join(' ') ?? 'cluster'} findings=${change.findings}${change.reason === undefined ? '' : `: ${change.reason}`}`;
    const { check, resource, severity } = change.finding;
    return `${change.kind} (${change.origin}) ${check} ${resource.name} ${change.was === undefined ? '' : `${change.was}>`}${severity}`;
  });
}
