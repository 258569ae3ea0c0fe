import { readHistoryOf } from '../../../lambda/reconcile/read-changes.ts';
import { newestSeq, readSeal } from '../../../lambda/reconcile/newest-seal.ts';
import { readRows } from '../../../lambda/reconcile/read-rows.ts';
import type { Change } from '../../../lambda/model/change.ts';
import type { ObjectStore } from '../../../lambda/storage/object-store.ts';

/** Changes that were committed after a seal, each as `kind origin check resource cluster`, or with the reason for one of sight; sorted. */
export async function changesSince(store: ObjectStore, seq: number): Promise<readonly string[]> {
  return (await readHistoryOf(store, {})).filter((change) => change.seq > seq).map(inWords).sort();
}

function inWords(change: Change): string {
  const cluster = change.cluster.name ?? change.cluster.id;
  if (!('finding' in change)) return `${change.kind} ${change.origin} of ${cluster}${change.checks === undefined ? '' : `: ${change.checks.length} checks`}`;
  const { check, resource } = change.finding;
  return `${change.kind} ${change.origin} ${check} ${resource.kind} ${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name} in ${cluster}`;
}

/** How looking at each target of a seal's run went: `result cluster: reason`, sorted. */
export async function looksOf(store: ObjectStore, seq: number): Promise<readonly string[]> {
  const looks: string[] = [];
  for await (const row of readRows(store, (await readSeal(store, seq)).seal, 'coverage')) looks.push(`${row.result} ${row.cluster?.name ?? row.label}`);
  return looks.sort();
}

export { newestSeq };
