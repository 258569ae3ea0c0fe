import type { Seal } from '../model/seal.ts';
import { inParallel } from '../storage/in-parallel.ts';
import { sealKey, STATES } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { readRun, type RunRecords } from '../storage/run-records.ts';
import { commitSeal } from './commit-seal.ts';
import type { Desk } from './draft-cluster.ts';
import { draftRun, redraft, type RunDraft } from './draft-run.ts';
import { readSeal, writeHint, type SealRecord } from './newest-seal.ts';
import { publish } from './publish.ts';
import { healingReader } from './read-states.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';
import { recover } from './recover.ts';
import { stageSeal } from './stage-seal.ts';

/** How far clocks may be apart, in milliseconds. */
const SKEW = 5 * 60_000;
/** How often other runs may commit before this one, until it gives up. */
const ROUNDS = 100;
/** Packed states held from drafting to publishing, in bytes: those of about twenty thousand clusters. The others are read again. */
const ROOM = 128 * 1024 ** 2;

export interface ReconcileOptions {
  /** A ULID of its own for every try. */
  readonly attempt: string;
  readonly now: () => Date;
}

export interface SealedRun {
  readonly seal: Seal;
  /** What was committed. Absent: an earlier attempt had sealed the run. */
  readonly draft?: RunDraft;
}

/**
 * Compares what a run saw with what the record knows, and commits the difference: recover, draft, seal, publish. A run is sealed
 * once, however often this is called; stopped anywhere, the next reconcile of any run completes it. What takes long is done before a
 * number is taken; where others commit meanwhile, only the clusters that they touched are drafted again. `keep`: the draft holds all
 * rows and states. Throws `ReconcileStoppedError` where going on could spoil the record, and whatever the store throws.
 */
export async function sealRun(store: ObjectStore, run: string, { attempt, now }: ReconcileOptions, keep: boolean): Promise<SealedRun> {
  const records = await readRun(store, run);
  const latest = new Date(now().getTime() + SKEW).toISOString();
  const room = { bytes: ROOM };
  let draft: RunDraft | undefined;
  let checked = records.scope.baseSeq;
  for (let round = 0; round < ROUNDS; round++) {
    const recovered = await recover(store);
    const { newest, stateKeys } = recovered;
    const passed = await readPassed(store, checked, newest);
    const own = passed.find((seal) => seal.run === run);
    // Published, too: if it is the newest one, just now; else by whoever sealed after it.
    if (own) return { seal: own };
    checked = newest?.seal.seq ?? 0;
    const seq = checked + 1;
    const time = now();
    checkClock(time, records, newest);
    const desk: Desk = { store, commit: { run, seq }, attempt, keep, room };
    const source = { records, latest, stateKeys, readState: healingReader(store, checked) };
    draft = draft ? await redraft(desk, source, draft, touchedBy(passed)) : await draftRun(desk, source);
    // Drafting may have taken minutes. To look costs less than to stage a history under a number that is taken.
    if (await store.get(sealKey(seq))) continue;
    const { seal, held } = await stageSeal(store, draft, recovered, { run, attempt, seq, sealedAt: time.toISOString(), scope: records.scopeHash });
    if (!(await commitSeal(store, seal))) continue;
    await publish(store, seal, held);
    await writeHint(store, seq);
    return { seal, draft };
  }
  throw new ReconcileStoppedError('busy', `other runs committed ${ROUNDS} times before this one could. Run it again.`);
}

/** The seals after this one, in order. */
async function readPassed(store: ObjectStore, after: number, newest: SealRecord | undefined): Promise<Seal[]> {
  const newestSeq = newest?.seal.seq ?? 0;
  if (after > newestSeq) {
    throw new ReconcileStoppedError('record-damaged', `this run began when seal ${after} was the newest; now it is ${newestSeq}. Seals were removed. Restore them before the next run; nothing was changed.`);
  }
  const numbers = Array.from({ length: newestSeq - after }, (_, index) => after + 1 + index);
  return inParallel(numbers, async (seq) => (seq === newestSeq ? newest! : await readSeal(store, seq)).seal);
}

function touchedBy(seals: readonly Seal[]): Set<string> {
  const keys = new Set<string>();
  for (const { objects } of seals) for (const { key } of objects) if (key.startsWith(STATES)) keys.add(key);
  return keys;
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
