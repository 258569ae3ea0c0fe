import type { RouteSetting } from '../contract.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { newUlid } from '../storage/ulid.ts';
import type { AnnounceOptions, AnnounceResult, RouteOutcome } from './announce-result.ts';
import { bulletinOf } from './bulletin.ts';
import { newestPublished } from './newest-published.ts';
import { readNews, type News } from './read-news.ts';
import { readStanding, type RecordStanding } from './read-standing.ts';
import { claimTurn, nextTurn, type Claim } from './route-marker.ts';
import { routeMessage } from './route-message.ts';
import { startOf } from './route-start.ts';

export type { AnnounceOptions, AnnounceResult, RouteOutcome } from './announce-result.ts';
export { startRoutes } from './route-start.ts';

/**
 * Tells every route, in one message, what was sealed since it was told last. Each message is claimed first, then sent, then marked
 * as told: stopped anywhere, whoever announces next goes on, so that a message may come twice and never not at all. Of two who
 * announce at once one sends. What one topic does not take keeps no other from being told.
 */
export async function announce(store: ObjectStore, routes: readonly RouteSetting[], options: AnnounceOptions): Promise<AnnounceResult> {
  const { seq, waitingFor } = await newestPublished(store);
  const record = new RecordReader(store);
  const outcomes: RouteOutcome[] = [];
  for (const route of routes) outcomes.push(await tellRoute(store, route, seq, record, options));
  return { routes: outcomes, ...(waitingFor === undefined ? {} : { waitingFor }) };
}

async function tellRoute(store: ObjectStore, route: RouteSetting, newest: number, record: RecordReader, options: AnnounceOptions): Promise<RouteOutcome> {
  const { name } = route;
  const start = await startOf(store, name);
  let messages = 0;
  let outcome: RouteOutcome['outcome'] = 'up-to-date';
  for (;;) {
    const turn = await nextTurn(store, name, start, newest, options.now());
    if (turn.state === 'busy') return { route: name, outcome: 'busy', messages, seq: turn.seq };
    if (turn.state === 'done') return { route: name, outcome, messages, seq: turn.seq };
    const told = turn.from - 1;
    try {
      if (!(await options.confirmed(route.topicArn))) return { route: name, outcome: 'unconfirmed', messages, seq: told };
    } catch (error) {
      return { route: name, outcome: 'failed', messages, seq: told, reason: `its subscriptions could not be listed: ${wordsOf(error)}` };
    }
    const claim = await claimTurn(store, name, turn, newUlid(options.now()), options.now, options.lease);
    if (!claim) return { route: name, outcome: 'busy', messages, seq: told };
    const sent = await tell(claim, route, record, options);
    if (sent === 'told') messages += 1;
    else if (sent !== 'quiet') return { route: name, outcome: 'failed', messages, seq: told, reason: sent.failed };
    if (!(await claim.complete(sent))) return { route: name, outcome: 'busy', messages, seq: told };
    outcome = messages > 0 ? 'told' : 'quiet';
  }
}

/** Sends what there is to tell. What fails leaves nobody waiting for the lease. */
async function tell(claim: Claim, route: RouteSetting, record: RecordReader, { publish, checks, bucket, now }: AnnounceOptions): Promise<'told' | 'quiet' | { readonly failed: string }> {
  try {
    const news = await record.news(claim);
    if (news.changes.length + news.fresh.length + news.gone.length === 0) return 'quiet';
    const bulletin = bulletinOf(news, await record.standing(), { route, bucket, checks, now: now().toISOString() });
    if (!bulletin) return 'quiet';
    const message = routeMessage(bulletin);
    try {
      await publish(message);
      return 'told';
    } catch (error) {
      await claim.release().catch(() => undefined);
      return { failed: `its topic did not take the message: ${wordsOf(error)}` };
    }
  } catch (error) {
    await claim.release().catch(() => undefined);
    throw error;
  }
}

/** Routes are told of the same seals mostly: they are read once, and held one range at a time. */
class RecordReader {
  readonly #store: ObjectStore;
  #news: News | undefined;
  #standing: RecordStanding | undefined;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  async news({ from, to }: Pick<Claim, 'from' | 'to'>): Promise<News> {
    if (this.#news?.from === from && this.#news.to === to) return this.#news;
    this.#news = undefined;
    this.#news = await readNews(this.#store, from, to);
    return this.#news;
  }

  async standing(): Promise<RecordStanding> {
    this.#standing ??= await readStanding(this.#store);
    return this.#standing;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
