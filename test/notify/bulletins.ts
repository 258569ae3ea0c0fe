import type { RouteSetting } from '../../lambda/contract.ts';
import type { Change } from '../../lambda/model/change.ts';
import type { ClusterIdentity } from '../../lambda/model/cluster-target.ts';
import { bulletinOf, type Bulletin } from '../../lambda/notify/bulletin.ts';
import type { News } from '../../lambda/notify/read-news.ts';
import type { RecordStanding } from '../../lambda/notify/read-standing.ts';
import { HIGH } from './announcing.ts';
import { DAY_1, DAY_2, WORDS, cluster } from './given.ts';

/** An hour after the second day's look. */
export const NOW = '2026-11-21T07:00:00.000Z';

export function member(label: string, account = '111122223333', region = 'eu-west-1'): ClusterIdentity {
  return { ...cluster(label), account, region };
}

export const EU = member('prod-eu');
export const US = member('prod-us', '111122223333', 'us-east-1');

const KEY = 'history/changes/dt=2026-11-21/000000000002-01K.jsonl.gz';

/** What a route is told of these changes, between the two days, in an organization of 24 clusters. */
export function bulletin(changes: readonly Change[], more: Partial<News> & { readonly route?: RouteSetting; readonly standing?: Partial<RecordStanding['standing']>; readonly accounts?: RecordStanding['accounts'] } = {}): Bulletin {
  const { route = HIGH, standing = {}, accounts = new Map([['111122223333', 20], ['444455556666', 4]]), ...news } = more;
  const told = bulletinOf(
    { from: 2, to: 2, fresh: [], freshFrom: new Map(), gone: [], since: DAY_1, changeKeys: [KEY], ...news, changes },
    { standing: { clusters: 24, open: { critical: 1, high: 20, medium: 0, low: 7, info: 0 }, unseen: [], partly: [], ...standing }, accounts },
    { route, bucket: 'record-111122223333', now: NOW, checks: WORDS },
  );
  if (!told) throw new Error('there is nothing to tell');
  return told;
}

export { DAY_1, DAY_2 };
