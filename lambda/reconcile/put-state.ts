import type { ObjectStore, StoredObject } from '../storage/object-store.ts';
import { TRIES } from '../storage/put-once.ts';
import { seqOfState } from '../storage/state-bytes.ts';

/** Puts a state where none or an older one is. `there`: what was just read at its place. */
export async function putState(store: ObjectStore, key: string, body: Uint8Array, seq: number, there?: StoredObject): Promise<void> {
  let problem: unknown;
  for (let tries = 0, found = there; tries < TRIES; tries++, found = undefined) {
    const now = found ?? (await store.get(key));
    if (now && seqOfStored(key, now.body) >= seq) return;
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

/** Before every number, where it is damaged: as good as none, and the history has it. */
export function seqOfStored(key: string, body: Uint8Array): number {
  try {
    return seqOfState(key, body) ?? -1;
  } catch {
    return -1;
  }
}
