import { SNSClient } from '@aws-sdk/client-sns';
import { CHECK_WORDS_FILE, ENV, ROUTE_BUSY, ROUTE_LEASE, type NotifyEvent, type RouteSetting } from '../contract.ts';
import { announce } from '../notify/announce.ts';
import type { CheckWords } from '../notify/digest.ts';
import { snsPublisher } from '../notify/sns-publisher.ts';
import { readBeside } from './beside.ts';
import { record } from './record.ts';
import { setting } from './setting.ts';
import { count, logger } from './watching.ts';

const store = record();
const publisher = snsPublisher(new SNSClient());
const routes = JSON.parse(setting(ENV.routes)) as RouteSetting[];
const checks = readBeside(CHECK_WORDS_FILE) as CheckWords[];

/** Tells every route what was sealed since it was told last, in this run or before it. */
export async function handler({ run }: NotifyEvent): Promise<void> {
  if (run !== undefined) logger.appendKeys({ run });
  const { routes: outcomes, waitingFor } = await announce(store, routes, { ...publisher, now: () => new Date(), lease: ROUTE_LEASE, checks, bucket: setting(ENV.bucket) });
  for (const outcome of outcomes) {
    logger.info('route', { ...outcome });
    count({ unconfirmed: outcome.outcome === 'unconfirmed' ? 1 : 0 }, { route: outcome.route });
  }
  if (waitingFor !== undefined) logger.warn('a seal is not told of yet: what it commits is still being published', { seq: waitingFor });
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  // Thrown, so that the state machine tries again: whoever was told is not told twice.
  if (failed.length > 0) throw new Error(`not told: ${failed.map(({ route, reason }) => `${route} (${reason})`).join('; ')}`);
  const busy = outcomes.filter(({ outcome }) => outcome === 'busy');
  // Thrown too: an attempt that was killed leaves its route taken, and the next run may be days away.
  if (busy.length > 0) throw Object.assign(new Error(`somebody else tells ${busy.map(({ route }) => route).join(', ')}, or died over it`), { name: ROUTE_BUSY });
}
