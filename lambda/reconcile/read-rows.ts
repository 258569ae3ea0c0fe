import type { Change } from '../model/change.ts';
import type { AssessmentRow, LookRow } from '../model/history.ts';
import type { Seal } from '../model/seal.ts';
import { readJsonLines } from '../storage/json-lines.ts';
import { historyPrefix, type HistoryKind } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { sha256 } from '../storage/stored-json.ts';
import { ReconcileStoppedError } from './reconcile-stopped.ts';

/** What a row of each part of the history is. */
export interface RowOf extends Record<HistoryKind, unknown> {
  readonly changes: Change;
  readonly assessments: AssessmentRow;
  readonly coverage: LookRow;
}

/**
 * What one seal put into this part of the history, row by row, in its order: sorted by cluster id, then label. The object is checked
 * against the seal's hash before the first row. Every row gets the
 * seal's number: in changes and assessments only the run's name is stored.
 */
export async function* readRows<K extends HistoryKind>(store: ObjectStore, seal: Seal, kind: K): AsyncGenerator<RowOf[K]> {
  for (const { key, sha256: hash } of seal.objects) {
    if (!key.startsWith(historyPrefix(kind))) continue;
    const object = await store.get(key);
    if (!object) throw new ReconcileStoppedError('commit-incomplete', `${key} of seal ${seal.seq} is missing. If a run is just being committed, wait for it; else restore it.`);
    if (sha256(object.body) !== hash) throw new ReconcileStoppedError('history-differs', `${key} is not what seal ${seal.seq} committed: it was changed afterwards. Restore it before the next run; nothing was changed.`);
    // The row was just parsed, and is nobody else's.
    for await (const row of readJsonLines(key, object.body)) yield Object.assign(row as RowOf[K] & object, { seq: seal.seq });
  }
}
