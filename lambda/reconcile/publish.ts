import type { ClusterState } from '../model/cluster-state.ts';
import type { Seal, SealedObject } from '../model/seal.ts';
import { STATES, stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce, TRIES } from '../storage/put-once.ts';
import { fromJsonGzip, sha256, toJsonGzip } from '../storage/stored-json.ts';
import { replay } from './read-history.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/**
 * Makes what a seal names true: the history is created and never replaced, a state is put only over an older one, so that an attempt
 * that wakes up late puts nothing old over something new. May be done by anyone, any number of times.
 */
export async function publish(store: ObjectStore, seal: Seal): Promise<void> {
  const states = seal.objects.filter(({ key }) => key.startsWith(STATES));
  for (const object of seal.objects) if (!object.key.startsWith(STATES)) await publishHistory(store, seal, object);
  let lost = false;
  for (const object of states) lost = !(await publishState(store, seal, object)) || lost;
  if (lost) await rebuildStates(store, seal.seq);
}

async function publishHistory(store: ObjectStore, seal: Seal, object: SealedObject): Promise<void> {
  const { key } = object;
  const differs = new ReconcileStoppedError('history-differs', `${key} is not what seal ${seal.seq} committed: it was changed afterwards. Restore it before the next run; nothing was changed.`);
  const there = await store.get(key);
  if (there) {
    if (sha256(there.body) !== object.sha256) throw differs;
    return;
  }
  const staged = await readStaged(store, object);
  if (!staged) {
    throw new ReconcileStoppedError('commit-incomplete', `seal ${seal.seq} (run ${seal.run}) cannot be completed: ${key} is missing, and so are the bytes staged for it (${object.staged} is gone or damaged). Restore one of the two; until then nothing more is sealed.`);
  }
  if (!(await putOnce(store, key, staged))) throw differs;
}

/** False: it is not there, or older, and its staged bytes are lost; the history still tells it. */
async function publishState(store: ObjectStore, seal: Seal, object: SealedObject): Promise<boolean> {
  const there = await store.get(object.key);
  if (there && seqOf(object.key, there.body) >= seal.seq) return true;
  const staged = await readStaged(store, object);
  if (!staged) return false;
  await putState(store, object.key, staged, seal.seq);
  return true;
}

async function readStaged(store: ObjectStore, { staged, sha256: hash }: SealedObject): Promise<Uint8Array | undefined> {
  const object = await store.get(staged);
  return object && sha256(object.body) === hash ? object.body : undefined;
}

/** Puts a state where none or an older one is. */
async function putState(store: ObjectStore, key: string, body: Uint8Array, seq: number): Promise<void> {
  let problem: unknown;
  for (let tries = 0; tries < TRIES; tries++) {
    const there = await store.get(key);
    if (there && seqOf(key, there.body) >= seq) return;
    try {
      await store.put(key, body, there ? { ifMatch: there.etag } : { ifNoneMatch: '*' });
      return;
    } catch (error) {
      // Somebody else wrote it, or it is not known whether we did: the next look at it tells.
      problem = error;
    }
  }
  throw problem;
}

/** Makes all states from the history again, as they were after this seal, where they are missing or older than the history says. */
export async function rebuildStates(store: ObjectStore, upTo: number): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const state of (await replay(store, upTo)).values()) {
    const key = stateKey(state.cluster.id);
    keys.add(key);
    await putState(store, key, toJsonGzip(state), state.seq);
  }
  return keys;
}

function seqOf(key: string, body: Uint8Array): number {
  try {
    const { seq } = fromJsonGzip(key, body) as Pick<ClusterState, 'seq'>;
    return Number.isSafeInteger(seq) ? seq : -1;
  } catch {
    return -1; // damaged: as good as none, and the history has it
  }
}
