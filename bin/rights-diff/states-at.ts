import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { newestSeq, readSeal } from '../../lambda/reconcile/newest-seal.ts';
import { replay } from '../../lambda/reconcile/read-history.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { isUlid, ulidTime } from '../../lambda/storage/ulid.ts';
import { UsageError } from '../usage-error.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_LENGTH = 24 * 60 * 60_000;

/** A moment of the record. */
export interface Recorded {
  /** As reports call it: the run and when it began. */
  readonly words: string;
  readonly seq: number;
}

/**
 * What a person means by a run: its id (26 characters), or a day or moment (UTC, ISO 8601): then the newest run that had begun by its end. Throws a
 * UsageError where the record has no such run.
 */
export async function recordedAt(store: ObjectStore, asked: string): Promise<Recorded> {
  const run = asked.toUpperCase();
  const until = isUlid(run) ? undefined : endOf(asked);
  for (let seq = await newestSeq(store); seq > 0; seq -= 1) {
    const { seal } = await readSeal(store, seq);
    const begun = ulidTime(seal.run);
    if (until === undefined ? seal.run === run : begun.getTime() < until) return { words: `run ${seal.run} (${begun.toISOString().slice(0, 16).replace('T', ' ')} UTC)`, seq };
  }
  throw new UsageError(until === undefined ? `${asked}: the record has no such run, or it was never completed` : `${asked}: the record has no run that had begun by then`);
}

/** Throws a UsageError where it is no date. */
function endOf(asked: string): number {
  const time = /^\d{4}-\d{2}-\d{2}/.test(asked) ? Date.parse(asked) : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError(`${JSON.stringify(asked)} is no run of the record: give its id (26 characters), or a day (2026-11-20)`);
  return DAY.test(asked) ? time + DAY_LENGTH : time + 1;
}

/** Where clusters stood after this seal, by the history: it is kept for good, what a run itself left is not. */
export async function statesAt(store: ObjectStore, { seq }: Recorded): Promise<ReadonlyMap<string, ClusterState>> {
  return replay(store, seq);
}
