import type { Seal } from '../model/seal.ts';
import { sealKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce } from '../storage/put-once.ts';
import { toJson } from '../storage/stored-json.ts';

/** The one write that commits. False: another run has this number, and nothing of ours is committed. */
export function commitSeal(store: ObjectStore, seal: Seal): Promise<boolean> {
  return putOnce(store, sealKey(seal.seq), toJson(seal));
}
