import type { Seal } from '../model/seal.ts';
import { stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { sha256 } from '../storage/stored-json.ts';
import { checkChain, readNewestSeal, type SealRecord } from './newest-seal.ts';
import { publish } from './publish.ts';
import { clustersInHistory } from './read-history.ts';
import { listStateKeys } from './read-states.ts';
import { rebuildStates } from './rebuild-states.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/** How often others may commit while we look, before we give up. */
const ROUNDS = 50;

/** A store in which everything that the newest seal names is true. */
export interface Recovered {
  /** Absent: nothing was ever sealed. */
  readonly newest: SealRecord | undefined;
  /** Keys of all states, sorted. */
  readonly stateKeys: readonly string[];
}

/** Completes what the newest seal committed and a crash may have left undone, and makes lost states again from the history. */
export async function recover(store: ObjectStore): Promise<Recovered> {
  for (let round = 0, rebuilt = -1; round < ROUNDS; round++) {
    const newest = await readNewestSeal(store);
    if (newest) {
      await checkChain(store, newest);
      await publish(store, newest.seal);
    }
    const stateKeys = await listStateKeys(store);
    if (hashOfKeys(stateKeys) === (newest?.seal.stateKeys ?? hashOfKeys([]))) return { newest, stateKeys };
    const seq = newest?.seal.seq ?? 0;
    if (((await readNewestSeal(store))?.seal.seq ?? 0) !== seq) continue; // it is only that somebody else has committed meanwhile
    if (rebuilt === seq) throw differingStates(newest?.seal, stateKeys);
    const known = await clustersInHistory(store, seq);
    const there = new Set(stateKeys);
    await rebuildStates(store, seq, [...known].filter((id) => !there.has(stateKey(id))));
    const knownKeys = new Set([...known].map(stateKey));
    const strangers = stateKeys.filter((key) => !knownKeys.has(key));
    if (strangers.length > 0 && ((await readNewestSeal(store))?.seal.seq ?? 0) === seq) throw differingStates(newest?.seal, strangers);
    rebuilt = seq;
  }
  throw new ReconcileStoppedError('busy', `others committed ${ROUNDS} times while this run looked at the record. Run it again.`);
}

function differingStates(seal: Seal | undefined, keys: readonly string[]): ReconcileStoppedError {
  const where = seal ? `the history up to seal ${seal.seq}` : 'the history (there is no seal at all)';
  return new ReconcileStoppedError('record-damaged', `${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ` and ${keys.length - 3} more` : ''}: not in ${where}. A part of the record was removed or added by hand. Restore it before the next run; nothing was changed.`);
}

/** Sorted keys, a line each. */
export function hashOfKeys(keys: readonly string[]): string {
  return sha256(keys.map((key) => `${key}\n`).join(''));
}
