import pMap from 'p-map';
import type { ClusterState } from '../../model/cluster-state.ts';
import { STATES, stateKey } from '../../storage/layout.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import { fromJsonGzip } from '../../storage/stored-json.ts';

/** States read at once: an object store answers in tens of milliseconds, and there may be thousands. */
const AT_ONCE = 32;

/**
 * Ids of the clusters of the record that are not known to be gone. Those that are `listed` are recognised by the keys of their states alone; only the states of others
 * are read.
 */
export async function* recordedClusters(store: ObjectStore, listed: Iterable<string>): AsyncGenerator<string> {
  const listedByKey = new Map(Array.from(listed, (id) => [stateKey(id), id]));
  const unlisted: string[] = [];
  for await (const { key } of store.list(STATES)) {
    const id = listedByKey.get(key);
    if (id === undefined) unlisted.push(key);
    else yield id;
  }
  const ids = await pMap(unlisted, async (key) => idAt(store, key), { concurrency: AT_ONCE });
  for (const id of ids) if (id !== undefined) yield id;
}

async function idAt(store: ObjectStore, key: string): Promise<string | undefined> {
  const object = await store.get(key);
  if (!object) return undefined;
  const { cluster, gone } = fromJsonGzip(key, object.body) as ClusterState;
  return gone ? undefined : cluster.id;
}
