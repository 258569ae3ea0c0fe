import type { ClusterState } from '../model/cluster-state.ts';
import { STATES, stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { fromJsonGzip } from '../storage/stored-json.ts';

/** Where clusters stand, sorted by id: all, or those of these ids of which there is a state. */
export async function readStates(store: ObjectStore, clusters: 'all' | readonly string[] = 'all'): Promise<readonly ClusterState[]> {
  const states: ClusterState[] = [];
  if (clusters !== 'all') {
    for (const id of clusters) {
      const state = await readState(store, id);
      if (state) states.push(state);
    }
    return states.sort(byId);
  }
  for await (const { key } of store.list(STATES)) {
    const object = await store.get(key);
    if (object) states.push(fromJsonGzip(key, object.body) as ClusterState);
  }
  return states.sort(byId);
}

function byId(a: ClusterState, b: ClusterState): number {
  return a.cluster.id < b.cluster.id ? -1 : 1;
}

export async function readState(store: ObjectStore, cluster: string): Promise<ClusterState | undefined> {
  const key = stateKey(cluster);
  const object = await store.get(key);
  return object ? (fromJsonGzip(key, object.body) as ClusterState) : undefined;
}
