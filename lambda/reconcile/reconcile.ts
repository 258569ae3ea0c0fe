import type { Change } from '../model/change.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import { compareText } from '../model/compare-text.ts';
import type { LookRow } from '../model/history.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { ClusterRows, Commit } from './cluster-rows.ts';
import type { RunDraft } from './draft-run.ts';
import { fold } from './fold.ts';
import { readCommit, replay } from './read-history.ts';
import { sealRun, type ReconcileOptions } from './seal-run.ts';
import { withNumber } from './stage-seal.ts';

/** What a run has changed. */
export interface Reconciled {
  readonly seq: number;
  readonly changes: readonly Change[];
  /** After the run, of every cluster in its scope that the record knows, sorted by id. */
  readonly states: readonly ClusterState[];
  /** Before the run, by cluster id; absent: never looked at before. */
  readonly before: ReadonlyMap<string, ClusterState>;
  /** Ids of clusters whose look was not newer than the state: nothing came of it. */
  readonly superseded: readonly string[];
  /** How looking at each target went, sorted by cluster id, then label. A look that was recorded is not always one that counted. */
  readonly looks: readonly LookRow[];
}

/**
 * Commits what a run changed (`sealRun`), and answers all of it: for some clusters, on one machine. `commitRun` is for any number.
 * Again, it answers what it answered.
 */
export async function reconcile(store: ObjectStore, run: string, options: ReconcileOptions): Promise<Reconciled> {
  const { seal, draft } = await sealRun(store, run, options, true);
  if (draft) return reconciled(seal.seq, rowsOf(draft, seal), statesBefore(draft));
  // In the record already: the states before it are told by the history alone.
  const rows: ClusterRows[] = [];
  for await (const row of readCommit(store, seal)) rows.push(row);
  const clusters = new Set(rows.flatMap(({ look }) => (look.cluster ? [look.cluster.id] : [])));
  return reconciled(seal.seq, rows, await replay(store, seal.seq - 1, clusters));
}

function rowsOf({ looked, absent, rows }: RunDraft, commit: Commit): ClusterRows[] {
  const drafted = [...looked.values(), ...absent.values()].flatMap((cluster) => cluster.drafted.kept?.rows ?? []);
  return [...drafted, ...rows]
    .sort((a, b) => compareText(a.look.cluster?.id ?? '', b.look.cluster?.id ?? '') || compareText(a.look.label, b.look.label))
    .map(({ look, assessments, changes }) => ({
      look: withNumber(look, commit),
      assessments: assessments.map((row) => withNumber(row, commit)),
      changes: changes.map((row) => withNumber(row, commit)),
    }));
}

function statesBefore({ looked, absent }: RunDraft): Map<string, ClusterState> {
  const before = new Map<string, ClusterState>();
  for (const { drafted } of [...looked.values(), ...absent.values()]) if (drafted.kept?.before) before.set(drafted.id, drafted.kept.before);
  return before;
}

function reconciled(seq: number, rows: readonly ClusterRows[], known: ReadonlyMap<string, ClusterState>): Reconciled {
  const states = new Map<string, ClusterState>();
  const before = new Map<string, ClusterState>();
  const results = new Map<string, Set<string>>();
  for (const row of rows) {
    const id = row.look.cluster?.id;
    if (id === undefined) continue;
    const previous = known.get(id);
    if (previous?.observedAt !== undefined) before.set(id, previous);
    const state = fold(states.get(id) ?? previous, row);
    if (state) states.set(id, state);
    results.set(id, (results.get(id) ?? new Set()).add(row.look.result));
  }
  return {
    seq,
    changes: rows.flatMap(({ changes }) => changes),
    looks: rows.map(({ look }) => look),
    states: [...states.values()].sort((a, b) => (a.cluster.id < b.cluster.id ? -1 : 1)),
    before,
    superseded: [...results].filter(([, kinds]) => kinds.size === 1 && kinds.has('superseded')).map(([id]) => id).sort(),
  };
}
export type { ReconcileOptions } from './seal-run.ts';
export { readHistoryOf, type ChangeFilter } from './read-changes.ts';
export { readStates } from './read-states.ts';
