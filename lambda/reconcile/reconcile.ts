import type { Change } from '../model/change.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { LookRow } from '../model/history.ts';
import type { Seal } from '../model/seal.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { readRun, type RunRecords } from '../storage/run-records.ts';
import { DamagedObjectError } from '../storage/stored-json.ts';
import type { ClusterRows } from './cluster-rows.ts';
import { commitSeal } from './commit-seal.ts';
import { compute } from './compute.ts';
import { fold } from './fold.ts';
import { readSeal, writeHint, type SealRecord } from './newest-seal.ts';
import { clustersOf, planRun } from './plan-run.ts';
import { publish, rebuildStates } from './publish.ts';
import { readCommit, replay } from './read-history.ts';
import { readStates } from './read-states.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';
import { recover } from './recover.ts';
import { stage } from './stage.ts';

/** How far clocks may be apart, in milliseconds. */
const SKEW = 5 * 60_000;
/** How often other runs may commit before this one, until it gives up. */
const ROUNDS = 100;

/** What a run has changed. */
export interface Reconciled {
  readonly seq: number;
  readonly changes: readonly Change[];
  /** After the run, of every cluster in its scope that the record knows, sorted by id. */
  readonly states: readonly ClusterState[];
  /** Before the run, by cluster id; absent: never looked at before. */
  readonly before: ReadonlyMap<string, ClusterState>;
  /** Ids of clusters whose look was not newer than the state: nothing came of it. */
  readonly superseded: readonly string[];
  /** How looking at each target went, sorted by cluster id, then label. A look that was recorded is not always one that counted. */
  readonly looks: readonly LookRow[];
}

export interface ReconcileOptions {
  /** A ULID of its own for every try. */
  readonly attempt: string;
  readonly now: () => Date;
}

/**
 * Compares what a run saw with what the record knows, and commits the difference: recover, compute, stage, seal, publish. A run is
 * sealed once, however often it is reconciled; again, it answers what it answered. Stopped anywhere, the next reconcile of any run
 * completes it. Throws `ReconcileStoppedError` where going on could spoil the record, and whatever the store throws.
 */
export async function reconcile(store: ObjectStore, run: string, { attempt, now }: ReconcileOptions): Promise<Reconciled> {
  const records = await readRun(store, run);
  for (let round = 0; round < ROUNDS; round++) {
    const recovered = await recover(store);
    const { newest } = recovered;
    const own = await findSealOf(store, run, records.scope.baseSeq, newest);
    if (own) return sealedBefore(store, own);
    const time = now();
    checkClock(time, records, newest);
    const plan = planRun(records, new Date(time.getTime() + SKEW).toISOString());
    const known = await readKnown(store, clustersOf(records.scope, plan), newest);
    const seq = (newest?.seal.seq ?? 0) + 1;
    const computed = compute(records.scope, plan, known, { run, seq });
    const seal = await stage(store, computed, recovered, { run, attempt, seq, sealedAt: time.toISOString(), scope: records.scopeHash });
    if (!(await commitSeal(store, seal))) continue;
    await publish(store, seal);
    await writeHint(store, seq);
    return reconciled(seq, computed.rows, known);
  }
  throw new ReconcileStoppedError('busy', `other runs committed ${ROUNDS} times before this one could. Run it again.`);
}

/** States by cluster id. A damaged one is made again from the history. */
async function readKnown(store: ObjectStore, clusters: 'all' | readonly string[], newest: SealRecord | undefined): Promise<Map<string, ClusterState>> {
  const read = async (): Promise<Map<string, ClusterState>> => new Map((await readStates(store, clusters)).map((state) => [state.cluster.id, state]));
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedObjectError) || !newest) throw error;
    await rebuildStates(store, newest.seal.seq);
    return read();
  }
}

async function findSealOf(store: ObjectStore, run: string, baseSeq: number, newest: SealRecord | undefined): Promise<Seal | undefined> {
  const newestSeq = newest?.seal.seq ?? 0;
  if (baseSeq > newestSeq) {
    throw new ReconcileStoppedError('record-damaged', `this run began when seal ${baseSeq} was the newest; now it is ${newestSeq}. Seals were removed. Restore them before the next run; nothing was changed.`);
  }
  for (let seq = newestSeq; seq > baseSeq; seq--) {
    const { seal } = seq === newestSeq ? newest! : await readSeal(store, seq);
    if (seal.run === run) return seal;
  }
  return undefined;
}

function checkClock(now: Date, { scope }: RunRecords, newest: SealRecord | undefined): void {
  const latest = new Date(now.getTime() + SKEW).toISOString();
  const { newestLook } = newest?.seal ?? {};
  if (newestLook !== undefined && newestLook > latest) {
    throw new ReconcileStoppedError('clock', `the record's newest look is of ${newestLook}, but this clock says ${now.toISOString()}. Looks are ordered by time, so nothing was compared. Set the clock right and run again.`);
  }
  if (scope.startedAt > latest) {
    throw new ReconcileStoppedError('clock', `run ${scope.run} began on ${scope.startedAt}, but this clock says ${now.toISOString()}. Looks are ordered by time, so nothing was compared. Set the clock right and run again.`);
  }
}

/** The answer of a run that is in the record already: the states before it are told by the history alone. */
async function sealedBefore(store: ObjectStore, seal: Seal): Promise<Reconciled> {
  await publish(store, seal);
  const rows = await readCommit(store, seal);
  const clusters = new Set(rows.flatMap(({ look }) => (look.cluster ? [look.cluster.id] : [])));
  return reconciled(seal.seq, rows, await replay(store, seal.seq - 1, clusters));
}

function reconciled(seq: number, rows: readonly ClusterRows[], known: ReadonlyMap<string, ClusterState>): Reconciled {
  const states = new Map<string, ClusterState>();
  const before = new Map<string, ClusterState>();
  const results = new Map<string, Set<string>>();
  for (const row of rows) {
    const id = row.look.cluster?.id;
    if (id === undefined) continue;
    const previous = known.get(id);
    if (previous?.observedAt !== undefined) before.set(id, previous);
    const state = fold(states.get(id) ?? previous, row);
    if (state) states.set(id, state);
    results.set(id, (results.get(id) ?? new Set()).add(row.look.result));
  }
  return {
    seq,
    changes: rows.flatMap(({ changes }) => changes),
    looks: rows.map(({ look }) => look),
    states: [...states.values()].sort((a, b) => (a.cluster.id < b.cluster.id ? -1 : 1)),
    before,
    superseded: [...results].filter(([, kinds]) => kinds.size === 1 && kinds.has('superseded')).map(([id]) => id).sort(),
  };
}
export { readHistoryOf, type ChangeFilter } from './read-changes.ts';
export { readStates } from './read-states.ts';
