import type { ClusterState } from '../model/cluster-state.ts';
import { inParallel } from '../storage/in-parallel.ts';
import { knownSchema } from '../storage/known-schema.ts';
import { STATES, stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { DamagedObjectError, fromJsonGzip } from '../storage/stored-json.ts';
import { rebuildStates } from './rebuild-states.ts';

/** Where clusters stand, sorted by id: all, or those of these ids of which there is a state. */
export async function readStates(store: ObjectStore, clusters: 'all' | readonly string[] = 'all'): Promise<readonly ClusterState[]> {
  const keys = clusters === 'all' ? await listStateKeys(store) : clusters.map(stateKey);
  const states = await inParallel(keys, (key) => readState(store, key));
  return states.flatMap((record) => (record ? [record.state] : [])).sort((a, b) => (a.cluster.id < b.cluster.id ? -1 : 1));
}

/** Sorted. */
export async function listStateKeys(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(STATES)) keys.push(key);
  return keys;
}

/** A state and what the store calls these bytes of it. */
export interface StateRecord {
  readonly state: ClusterState;
  readonly etag: string;
}

/** Reads the state under a key. `undefined`: there is none. */
export type ReadState = (key: string) => Promise<StateRecord | undefined>;

async function readState(store: ObjectStore, key: string): Promise<StateRecord | undefined> {
  const object = await store.get(key);
  return object && { state: knownSchema(key, fromJsonGzip(key, object.body) as ClusterState), etag: object.etag };
}

/** Reads states, and where one is damaged makes all that are from the history up to this seal, once. */
export function healingReader(store: ObjectStore, upTo: number): ReadState {
  let healed: Promise<unknown> | undefined;
  return async (key) => {
    try {
      return await readState(store, key);
    } catch (error) {
      if (!(error instanceof DamagedObjectError) || upTo === 0) throw error;
      healed ??= rebuildStates(store, upTo);
      await healed;
      return readState(store, key);
    }
  };
}
