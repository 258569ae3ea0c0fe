import pMap from 'p-map';
import type { Seal } from '../model/seal.ts';
import { newestSeq, readSeal } from '../reconcile/newest-seal.ts';
import { NEWEST_SEAL_HINT } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { fromJson, sha256 } from '../storage/stored-json.ts';

const CONCURRENCY = 32;

/** How far the record may be told. */
export interface Published {
  /** Everything that this seal and those before it name is in its place; 0: there is none. */
  readonly seq: number;
  /** The seal after it, which is still being published. */
  readonly waitingFor?: number;
}

/**
 * The newest seal whose history and states lie where it says. Only the newest of all may still be under way: nobody seals before he
 * has published the one before. What a crash left half published is completed by the next run, and told then.
 */
export async function newestPublished(store: ObjectStore): Promise<Published> {
  const seq = await newestSeq(store);
  if (seq === 0 || (await hintedSeq(store)) === seq || (await isPublished(store, (await readSeal(store, seq)).seal))) return { seq };
  // Somebody else may have completed it, and gone on, while we looked.
  if ((await newestSeq(store)) > seq) return { seq };
  return { seq: seq - 1, waitingFor: seq };
}

/** The hint is written when everything is published. */
async function hintedSeq(store: ObjectStore): Promise<number> {
  const object = await store.get(NEWEST_SEAL_HINT);
  try {
    return object ? Number((fromJson(NEWEST_SEAL_HINT, object.body) as { readonly seq?: unknown }).seq) : 0;
  } catch {
    return 0;
  }
}

async function isPublished(store: ObjectStore, { objects }: Seal): Promise<boolean> {
  let published = true;
  await pMap(
    objects,
    async ({ key, sha256: hash }) => {
      if (!published) return;
      const object = await store.get(key);
      if (!object || sha256(object.body) !== hash) published = false;
    },
    { concurrency: CONCURRENCY },
  );
  return published;
}
