import type { ClusterState } from '../model/cluster-state.ts';
import { STATES, stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { fromJsonGzip } from '../storage/stored-json.ts';

/** Where every cluster stands, sorted by id. */
export async function readStates(store: ObjectStore): Promise<readonly ClusterState[]> {
  const states: ClusterState[] = [];
  for await (const { key } of store.list(STATES)) {
    const object = await store.get(key);
    if (object) states.push(fromJsonGzip(key, object.body) as ClusterState);
  }
  return states.sort((a, b) => (a.cluster.id < b.cluster.id ? -1 : 1));
}

export async function readState(store: ObjectStore, cluster: string): Promise<ClusterState | undefined> {
  const key = stateKey(cluster);
  const object = await store.get(key);
  return object ? (fromJsonGzip(key, object.body) as ClusterState) : undefined;
}
