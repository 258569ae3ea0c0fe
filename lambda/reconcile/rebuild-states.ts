import { inParallel } from '../storage/in-parallel.ts';
import { stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { toStateBytes } from '../storage/state-bytes.ts';
import { putState } from './put-state.ts';
import { clustersInHistory, replay } from './read-history.ts';

/** States made at a time: the history is read once for so many, and no more are held. */
const AT_A_TIME = 1000;

/** Makes states from the history again, as they were after this seal, where they are missing or older than the history says. `clusters`: ids; absent: all. */
export async function rebuildStates(store: ObjectStore, upTo: number, clusters?: readonly string[]): Promise<void> {
  const ids = clusters ?? [...(await clustersInHistory(store, upTo))];
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const states = await replay(store, upTo, new Set(ids.slice(from, from + AT_A_TIME)));
    await inParallel(states.values(), (state) => putState(store, stateKey(state.cluster.id), toStateBytes(state), state.seq));
  }
}
