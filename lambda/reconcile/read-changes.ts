import type { Change } from '../model/change.ts';
import { readJsonLines } from '../storage/json-lines.ts';
import { historyPrefix, seqOfHistoryKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';

/** Which changes are asked for: all that is given must fit. */
export interface ChangeFilter {
  readonly fingerprint?: string;
  readonly item?: string;
  readonly check?: string;
  readonly cluster?: string;
}

/** Changes of findings as the history tells them, in the order in which they were committed. For `explain`. */
export async function readHistoryOf(store: ObjectStore, filter: ChangeFilter): Promise<readonly Change[]> {
  const found: Change[] = [];
  for await (const { key } of store.list(historyPrefix('changes'))) {
    const seq = seqOfHistoryKey(key);
    const object = seq === undefined ? undefined : await store.get(key);
    if (!object) continue;
    for await (const row of readJsonLines(key, object.body)) if (fits(row as Change, filter)) found.push(Object.assign(row as Change, { seq }));
  }
  // By seal: an older run that was reconciled late lies under an earlier date.
  return found.sort((a, b) => a.seq - b.seq);
}

function fits(change: Change, { fingerprint, item, check, cluster }: ChangeFilter): boolean {
  if (cluster !== undefined && change.cluster.id !== cluster) return false;
  if (fingerprint === undefined && item === undefined && check === undefined) return true;
  if (!('finding' in change)) return check !== undefined && fingerprint === undefined && item === undefined && (change.checks?.includes(check) ?? false);
  const { finding } = change;
  return (fingerprint === undefined || finding.fingerprint === fingerprint) && (item === undefined || finding.item === item) && (check === undefined || finding.check === check);
}
