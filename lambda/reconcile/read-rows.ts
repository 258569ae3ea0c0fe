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
 * against the seal's hash before the first row. The number of the seal is the seal's: what is stored names the run alone.
 */
export async function* readRows<K extends HistoryKind>(store: ObjectStore, seal: Seal, kind: K): AsyncGenerator<RowOf[K]> {
  for (const { key, sha256: hash } of seal.objects) {
    if (!key.startsWith(historyPrefix(kind))) continue;
    const object = await store.get(key);
    if (!object) throw new ReconcileStoppedError('commit-incomplete', `${key} of seal ${seal.seq} is missing. If a run is just being committed, wait for it; else restore it.`);
    if (sha256(object.body) !== hash) throw new ReconcileStoppedError('history-differs', `${key} is not what seal ${seal.seq} committed: it was changed afterwards. Restore it before the next run; nothing was changed.`);
    for await (const row of readJsonLines(key, object.body)) yield numbered(row as RowOf[K] & object, seal.seq);
  }
}

/** A row as it was stored, with the number of the seal that committed it. Changes the row: it was just parsed, and is nobody else's. */
export function numbered<T extends object>(row: T, seq: number): T {
  const by = 'by' in row ? { by: { seq, ...(row.by as object) } } : {};
  return Object.assign(row, { seq }, by);
}
