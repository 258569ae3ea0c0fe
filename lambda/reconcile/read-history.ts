import type { ClusterState } from '../model/cluster-state.ts';
import type { Change } from '../model/change.ts';
import type { AssessmentRow } from '../model/history.ts';
import type { Seal } from '../model/seal.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { ClusterRows } from './cluster-rows.ts';
import { fold } from './fold.ts';
import { readSeal } from './newest-seal.ts';
import { readRows } from './read-rows.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/**
 * What one seal put into the history, cluster by cluster, in the order of its rows. Checked against the seal's hashes. The three
 * parts are read side by side, since they name their clusters in one order: no more than one cluster's rows are held.
 */
export async function* readCommit(store: ObjectStore, seal: Seal): AsyncGenerator<ClusterRows> {
  const assessments = byCluster(readRows(store, seal, 'assessments'));
  const changes = byCluster(readRows(store, seal, 'changes'));
  for await (const look of readRows(store, seal, 'coverage')) {
    // A cluster has one row at most that anything came of; a second one was superseded and has no rows.
    const id = look.result === 'superseded' ? undefined : look.cluster?.id;
    yield { look, assessments: id === undefined ? [] : await assessments.take(id), changes: id === undefined ? [] : await changes.take(id) };
  }
  for (const left of [await assessments.next(), await changes.next()]) {
    if (left) throw new ReconcileStoppedError('record-damaged', `the history of seal ${seal.seq} has rows of ${left.cluster.id} where its coverage has none. Restore it before the next run; nothing was changed.`);
  }
}

interface RowsByCluster<T> {
  /** The rows that come next, as far as they are of this cluster. */
  take(cluster: string): Promise<T[]>;
  /** The row that comes next, which stays. */
  next(): Promise<T | undefined>;
}

function byCluster<T extends Change | AssessmentRow>(rows: AsyncGenerator<T>): RowsByCluster<T> {
  let ahead: T | undefined;
  let done = false;
  const next = async (): Promise<T | undefined> => {
    if (ahead || done) return ahead;
    const { value, done: end } = await rows.next();
    done = end === true;
    return (ahead = done ? undefined : (value as T));
  };
  const take = async (cluster: string): Promise<T[]> => {
    const taken: T[] = [];
    for (let row = await next(); row?.cluster.id === cluster; row = await next()) {
      taken.push(row);
      ahead = undefined;
    }
    return taken;
  };
  return { take, next };
}

/** States by cluster id after this seal, from the history alone: `state = fold(history)`. `only`: ids. */
export async function replay(store: ObjectStore, upTo: number, only?: ReadonlySet<string>): Promise<Map<string, ClusterState>> {
  const states = new Map<string, ClusterState>();
  for (let seq = 1; seq <= upTo; seq++) {
    const { seal } = await readSeal(store, seq);
    for await (const rows of readCommit(store, seal)) {
      const id = rows.look.cluster?.id;
      if (id === undefined || (only && !only.has(id))) continue;
      const state = fold(states.get(id), rows);
      if (state) states.set(id, state);
    }
  }
  return states;
}

/** Ids of all clusters that the history up to this seal gave a state. */
export async function clustersInHistory(store: ObjectStore, upTo: number): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let seq = 1; seq <= upTo; seq++) {
    const { seal } = await readSeal(store, seq);
    for await (const { cluster, result } of readRows(store, seal, 'coverage')) if (cluster && result !== 'superseded') ids.add(cluster.id);
  }
  return ids;
}
