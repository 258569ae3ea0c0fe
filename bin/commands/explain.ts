import { CHECKS } from '../../lambda/checks/registry.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { itemsOfFindings } from '../../lambda/notify/digest.ts';
import { shortIds } from '../../lambda/notify/short-ids.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { readStates } from '../../lambda/reconcile/reconcile.ts';
import { openFindings } from '../../lambda/report/open-findings.ts';
import { checkExplanation, findingExplanation, itemExplanation } from '../../lambda/report/terminal/explanation.ts';
import { columnsOf, type Console } from '../console.ts';
import { findMeant, listMeant, type Meant } from '../explain/find-meant.ts';
import { findingStory } from '../explain/finding-story.ts';
import { nearest } from '../../lambda/configuration/nearest.ts';
import { openExistingStore, openStoreIfAny, storeName, withStore } from '../open-store.ts';
import { UsageError } from '../usage-error.ts';

export interface ExplainOptions {
  readonly store: string;
  readonly all?: boolean;
}

/** `eksaminer explain`: a check by its id, an item or a finding by its id or the beginning of it. */
export async function explain(what: string, options: ExplainOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const layout = { width: columnsOf(io), colour: io.colour, now: io.now().toISOString() };
  const check = CHECKS.find(({ id }) => id === what);
  if (check) {
    const store = await openStoreIfAny(options.store);
    const found = store && openFindings(await readStates(store), { checks: new Set([check.id]) });
    settle(0);
    await io.out(checkExplanation(check, found && { findings: found.length, clusters: new Set(found.map(({ cluster }) => cluster.id)).size, command: withStore(`eksaminer findings --check ${check.id}`, options.store) }, layout));
    return;
  }
  const id = what.toLowerCase();
  if (!/^[0-9a-f]{4,32}$/.test(id)) throw notFound(what, options.store);
  const store = await openExistingStore(options.store);
  const states = await readStates(store);
  const meant = await findMeant(id, states, store);
  if (meant.length === 0) throw new UsageError(`${JSON.stringify(what)}: the record in ${storeName(options.store)} has no item and no finding whose id begins so. What is open: ${withStore('eksaminer findings', options.store)}`);
  if (meant.length > 1) throw new UsageError(`${JSON.stringify(what)}: several ids begin so: ${listMeant(meant)}. Give more of it.`);
  const text = await explanationOf(meant[0]!, states, store, options, layout);
  settle(0);
  await io.out(text);
}

type Layout = { readonly width: number; readonly colour: boolean; readonly now: string };

async function explanationOf(meant: Meant, states: readonly ClusterState[], store: ObjectStore, options: ExplainOptions, layout: Layout): Promise<string> {
  if (meant.type === 'finding') return findingExplanation(await findingStory(meant, states, store), layout);
  const placed = openFindings(states).filter(({ finding }) => finding.item === meant.id);
  if (placed.length === 1) return findingExplanation(await findingStory({ type: 'finding', id: placed[0]!.finding.fingerprint, title: meant.title }, states, store), layout);
  const [item] = itemsOfFindings(placed, CHECKS);
  const short = shortIds(states.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)));
  const check = CHECKS.find((known) => known.id === item!.check);
  return itemExplanation(item!, check, { ...layout, places: options.all ? Infinity : 10, explain: withStore('eksaminer explain ID', options.store), short: (fingerprint) => short.get(fingerprint) ?? fingerprint });
}

function notFound(what: string, store: string): UsageError {
  const near = nearest(what, CHECKS.map(({ id }) => id));
  const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ` The checks: eksaminer checks. What is open: ${withStore('eksaminer findings', store)}`;
  return new UsageError(`${JSON.stringify(what)} is neither a check nor the id of an item or a finding (four hex digits or more).${meant}`);
}
