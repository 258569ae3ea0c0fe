import { CHECKS } from '../../lambda/checks/registry.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { isSight } from '../../lambda/notify/net-changes.ts';
import { readHistoryOf } from '../../lambda/reconcile/reconcile.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';

/** Something that an id leads to. */
export interface Meant {
  readonly type: 'item' | 'finding';
  /** All of the id. */
  readonly id: string;
  readonly title: string;
}

/**
 * What an id, or the beginning of one, leads to: open items; else open findings; else findings that were resolved, by their own id
 * or by their item's. In this order, so that the short ids of a report stay good whatever else is in the record.
 */
export async function findMeant(id: string, states: readonly ClusterState[], store: ObjectStore): Promise<readonly Meant[]> {
  const open = states.filter(({ gone }) => !gone).flatMap(({ findings }) => findings);
  const items = distinct(open.filter(({ item, status }) => status === 'open' && item.startsWith(id)).map(({ item, check }) => ({ type: 'item', id: item, title: titleOf(check) })));
  if (items.length > 0) return items;
  const findings = distinct(open.filter(({ fingerprint, item }) => fingerprint.startsWith(id) || item.startsWith(id)).map(({ fingerprint, check }) => ({ type: 'finding', id: fingerprint, title: titleOf(check) })));
  if (findings.length > 0) return findings;
  const past = (await readHistoryOf(store, {})).flatMap((change) => (isSight(change) ? [] : change.finding));
  return distinct(past.filter(({ fingerprint, item }) => fingerprint.startsWith(id) || item.startsWith(id)).map(({ fingerprint, check }) => ({ type: 'finding', id: fingerprint, title: titleOf(check) })));
}

/** "a41f0… (title), …": the first few. */
export function listMeant(meant: readonly Meant[]): string {
  const shown = meant.slice(0, 5).map(({ id, title }) => `${id.slice(0, 12)} (${title})`);
  return `${shown.join(', ')}${meant.length > shown.length ? ` and ${meant.length - shown.length} more` : ''}`;
}

function titleOf(check: string): string {
  return CHECKS.find(({ id }) => id === check)?.title ?? check;
}

function distinct(meant: readonly Meant[]): readonly Meant[] {
  return [...new Map(meant.map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
