import type { LookRow } from '../model/history.ts';
import { readJsonLines } from '../storage/json-lines.ts';
import { historyPrefix, seqOfHistoryKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';

/** How looks went, as the history tells it, in the order in which they were committed. `wanted`: of which rows to keep, since there may be many. */
export async function readLooks(store: ObjectStore, wanted: (row: LookRow) => boolean): Promise<readonly LookRow[]> {
  const found: LookRow[] = [];
  for await (const { key } of store.list(historyPrefix('coverage'))) {
    const seq = seqOfHistoryKey(key);
    const object = seq === undefined ? undefined : await store.get(key);
    if (!object) continue;
    for await (const row of readJsonLines(key, object.body)) if (wanted(row as LookRow)) found.push(Object.assign(row as LookRow, { seq }));
  }
  // By seal: an older run that was reconciled late lies under an earlier date.
  return found.sort((a, b) => a.seq - b.seq);
}
