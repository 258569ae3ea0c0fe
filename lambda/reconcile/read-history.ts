import type { Change } from '../model/change.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { AssessmentRow, LookRow } from '../model/history.ts';
import type { Seal } from '../model/seal.ts';
import { historyPrefix, type HistoryKind } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { fromJsonLinesGzip, sha256 } from '../storage/stored-json.ts';
import type { ClusterRows } from './cluster-rows.ts';
import { fold } from './fold.ts';
import { readSeal } from './newest-seal.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/** What one seal put into the history, by cluster, in the order of its rows. Checked against the seal's hashes. */
export async function readCommit(store: ObjectStore, seal: Seal): Promise<ClusterRows[]> {
  const looks = (await readRows(store, seal, 'coverage')) as LookRow[];
  const assessments = groupByCluster((await readRows(store, seal, 'assessments')) as AssessmentRow[]);
  const changes = groupByCluster((await readRows(store, seal, 'changes')) as Change[]);
  return looks.map((look) => {
    // A cluster has one row at most that anything came of; a second one was superseded and has no rows.
    const id = look.result === 'superseded' ? undefined : look.cluster?.id;
    return { look, assessments: (id === undefined ? undefined : assessments.get(id)) ?? [], changes: (id === undefined ? undefined : changes.get(id)) ?? [] };
  });
}

/** States by cluster id after this seal, from the history alone: `state = fold(history)`. */
export async function replay(store: ObjectStore, upTo: number, only?: ReadonlySet<string>): Promise<Map<string, ClusterState>> {
  const states = new Map<string, ClusterState>();
  for (let seq = 1; seq <= upTo; seq++) {
    const { seal } = await readSeal(store, seq);
    for (const rows of await readCommit(store, seal)) {
      const id = rows.look.cluster?.id;
      if (id === undefined || (only && !only.has(id))) continue;
      const state = fold(states.get(id), rows);
      if (state) states.set(id, state);
    }
  }
  return states;
}

async function readRows(store: ObjectStore, seal: Seal, kind: HistoryKind): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const { key, sha256: hash } of seal.objects) {
    if (!key.startsWith(historyPrefix(kind))) continue;
    const object = await store.get(key);
    if (!object) throw new ReconcileStoppedError('commit-incomplete', `${key} of seal ${seal.seq} is missing. If a run is just being committed, wait for it; else restore it.`);
    if (sha256(object.body) !== hash) throw new ReconcileStoppedError('history-differs', `${key} is not what seal ${seal.seq} committed: it was changed afterwards. Restore it before the next run; nothing was changed.`);
    for (const row of fromJsonLinesGzip(key, object.body)) rows.push(row);
  }
  return rows;
}

function groupByCluster<T extends Change | AssessmentRow>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.cluster.id);
    if (group) group.push(row);
    else groups.set(row.cluster.id, [row]);
  }
  return groups;
}
