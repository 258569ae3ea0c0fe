import type { ClusterState } from '../model/cluster-state.ts';
import type { ObjectStore, StoredObject } from '../storage/object-store.ts';
import { TRIES } from '../storage/put-once.ts';
import { fromJsonGzip } from '../storage/stored-json.ts';

/** Puts a state where none or an older one is. `there`: what was just read at its place. */
export async function putState(store: ObjectStore, key: string, body: Uint8Array, seq: number, there?: StoredObject): Promise<void> {
  let problem: unknown;
  for (let tries = 0, found = there; tries < TRIES; tries++, found = undefined) {
    const now = found ?? (await store.get(key));
    if (now && seqOfState(key, now.body) >= seq) return;
    try {
      await store.put(key, body, now ? { ifMatch: now.etag } : { ifNoneMatch: '*' });
      return;
    } catch (error) {
      // Somebody else wrote it, or it is not known whether we did: the next look at it tells.
      problem = error;
    }
  }
  throw problem;
}

export function seqOfState(key: string, body: Uint8Array): number {
  try {
    const { seq } = fromJsonGzip(key, body) as Pick<ClusterState, 'seq'>;
    return Number.isSafeInteger(seq) ? seq : -1;
  } catch {
    return -1; // damaged: as good as none, and the history has it
  }
}
