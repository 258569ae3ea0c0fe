import type { Seal } from '../model/seal.ts';
import { knownSchema } from '../storage/known-schema.ts';
import { NEWEST_SEAL_HINT, SEALS, sealKey, seqOfSealKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { fromJson, sha256, toJson } from '../storage/stored-json.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/** A seal with the hash of its bytes, which the next one holds. */
export interface SealRecord {
  readonly seal: Seal;
  readonly hash: string;
}

/** The newest seal's number; 0 in a store without any. */
export async function newestSeq(store: ObjectStore): Promise<number> {
  const hint = await readHint(store);
  const found = await lastListed(store, hint);
  // The hint only says where to begin. One that points past the end is of no use.
  return found === 0 && hint > 0 ? lastListed(store, 0) : found;
}

export async function readNewestSeal(store: ObjectStore): Promise<SealRecord | undefined> {
  const seq = await newestSeq(store);
  return seq === 0 ? undefined : readSeal(store, seq);
}

/** Throws when it is not there (seals have no gaps), or of a newer program. */
export async function readSeal(store: ObjectStore, seq: number): Promise<SealRecord> {
  const key = sealKey(seq);
  const object = await store.get(key);
  if (!object) throw new ReconcileStoppedError('record-damaged', `${key} is missing: the chain of seals is broken. Restore it before the next run; nothing was changed.`);
  const seal = knownSchema(key, fromJson(key, object.body) as Seal);
  if (seal.seq !== seq) throw new ReconcileStoppedError('record-damaged', `${key} says that it is seal ${String(seal.seq)}: the chain of seals is broken. Restore it before the next run; nothing was changed.`);
  return { seal, hash: sha256(object.body) };
}

/** Throws when the seal does not follow the one before it. */
export async function checkChain(store: ObjectStore, { seal }: SealRecord): Promise<void> {
  const before = seal.seq > 1 ? (await readSeal(store, seal.seq - 1)).hash : undefined;
  if (before === seal.previous) return;
  throw new ReconcileStoppedError('record-damaged', `${sealKey(seal.seq)} does not follow ${sealKey(seal.seq - 1)}: one of them was changed after it was written. Restore it before the next run; nothing was changed.`);
}

/** Put without a condition: a late writer may set it back, which costs the next reader a longer list and no more. */
export async function writeHint(store: ObjectStore, seq: number): Promise<void> {
  try {
    await store.put(NEWEST_SEAL_HINT, toJson({ seq }));
  } catch {
    // What the run did is committed and published; without the hint the next one lists more seals.
  }
}

async function readHint(store: ObjectStore): Promise<number> {
  const object = await store.get(NEWEST_SEAL_HINT);
  if (!object) return 0;
  try {
    const { seq } = fromJson(NEWEST_SEAL_HINT, object.body) as { readonly seq?: unknown };
    return Number.isSafeInteger(seq) && Number(seq) > 0 ? Number(seq) : 0;
  } catch {
    return 0; // no more than a hint: a damaged one is none
  }
}

async function lastListed(store: ObjectStore, from: number): Promise<number> {
  let newest = 0;
  for await (const { key } of store.list(SEALS, from > 1 ? { startAfter: sealKey(from - 1) } : {})) newest = seqOfSealKey(key) ?? newest;
  return newest;
}
