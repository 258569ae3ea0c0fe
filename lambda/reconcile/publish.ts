import type { Seal, SealedObject } from '../model/seal.ts';
import { inParallel } from '../storage/in-parallel.ts';
import { STATES, stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce } from '../storage/put-once.ts';
import { withSeq } from '../storage/state-bytes.ts';
import { sha256 } from '../storage/stored-json.ts';
import { putState, seqOfStored } from './put-state.ts';
import { clustersInHistory } from './read-history.ts';
import { rebuildStates } from './rebuild-states.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/** Bytes, by key, that are sealed and at hand. */
export interface Held {
  readonly history: ReadonlyMap<string, Uint8Array>;
  readonly states: ReadonlyMap<string, HeldState>;
}

interface HeldState {
  /** Without its number. Absent: there was no room for it. */
  readonly body?: Uint8Array;
  /** Etag of the state that it replaces. Absent: there was none. */
  readonly replaces?: string;
}

/**
 * Makes what a seal names true: the history is created and never replaced, a state is put only over an older one, so that an attempt
 * that wakes up late puts nothing old over something new. May be done by anyone, any number of times: what is there is read and
 * left. `held`: what need not be read, for who has just sealed it.
 */
export async function publish(store: ObjectStore, seal: Seal, held?: Held): Promise<void> {
  const isState = ({ key }: SealedObject): boolean => key.startsWith(STATES);
  await inParallel(seal.objects.filter((object) => !isState(object)), (object) => publishHistory(store, seal, object, held?.history.get(object.key)));
  const done = await inParallel(seal.objects.filter(isState), async (object) => ({ key: object.key, published: await publishState(store, seal, object, held?.states.get(object.key)) }));
  const lost = new Set(done.flatMap(({ key, published }) => (published ? [] : [key])));
  if (lost.size === 0) return;
  const clusters = [...(await clustersInHistory(store, seal.seq))].filter((id) => lost.has(stateKey(id)));
  await rebuildStates(store, seal.seq, clusters);
}

async function publishHistory(store: ObjectStore, seal: Seal, object: SealedObject, held: Uint8Array | undefined): Promise<void> {
  const { key } = object;
  const differs = new ReconcileStoppedError('history-differs', `${key} is not what seal ${seal.seq} committed: it was changed afterwards. Restore it before the next run; nothing was changed.`);
  const there = held ? undefined : await store.get(key);
  if (there) {
    if (sha256(there.body) !== object.sha256) throw differs;
    return;
  }
  const bytes = held ?? (await readStaged(store, seal, object));
  if (!bytes) {
    throw new ReconcileStoppedError('commit-incomplete', `seal ${seal.seq} (run ${seal.run}) cannot be completed: ${key} is missing, and so are the bytes staged for it (${object.staged} is gone or damaged). Restore one of the two; until then nothing more is sealed.`);
  }
  if (!(await putOnce(store, key, bytes))) throw differs;
}

/** False: it is not there, or older, and its staged bytes are lost; the history still tells it. */
async function publishState(store: ObjectStore, seal: Seal, object: SealedObject, held: HeldState | undefined): Promise<boolean> {
  if (held?.body && (await putHeld(store, object.key, withSeq(held.body, seal.seq), held.replaces))) return true;
  const there = await store.get(object.key);
  if (there && (sha256(there.body) === object.sha256 || seqOfStored(object.key, there.body) >= seal.seq)) return true;
  const staged = await readStaged(store, seal, object);
  if (!staged) return false;
  await putState(store, object.key, staged, seal.seq, there);
  return true;
}

/** False: the store does not say that it is done, for whatever reason. */
async function putHeld(store: ObjectStore, key: string, bytes: Uint8Array, replaces: string | undefined): Promise<boolean> {
  try {
    await store.put(key, bytes, replaces === undefined ? { ifNoneMatch: '*' } : { ifMatch: replaces });
    return true;
  } catch {
    return false; // reading tells what there is, and the next put why it fails
  }
}

/** What is to be published, if what was staged is still there and still the same. */
async function readStaged(store: ObjectStore, { seq }: Seal, { staged, ending, sha256: hash }: SealedObject): Promise<Uint8Array | undefined> {
  const object = await store.get(staged);
  if (!object) return undefined;
  const bytes = ending === 'seq' ? withSeq(object.body, seq) : object.body;
  return sha256(bytes) === hash ? bytes : undefined;
}
