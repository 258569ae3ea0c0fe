import type { RouteSetting } from '../contract.ts';
import type { SightChange } from '../model/change.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import { compareText } from '../model/compare-text.ts';
import { atLeast } from '../model/severity.ts';
import { digestOf, type Baseline, type CheckWords, type Digest, type DigestItem, type OwnDifference } from './digest.ts';
import type { News } from './read-news.ts';
import type { RecordStanding } from './read-standing.ts';
import { countSeverities, type SeverityCounts } from './severity-counts.ts';

/** In the order in which they are told: what asks for something first, what got better last. */
export const SECTIONS = ['opened', 'reopened', 'worsened', 'unexcepted', 'lost-sight', 'gone', 'first-look', 'eased', 'excepted', 'resolved', 'regained-sight'] as const;
export type Section = (typeof SECTIONS)[number];

/** One thing that a route is told: shown whole, or counted. */
export type Entry = { readonly section: Section } & (
  | { readonly type: 'item'; readonly item: DigestItem }
  | { readonly type: 'sight'; readonly change: SightChange }
  | { readonly type: 'gone'; readonly cluster: ClusterIdentity; readonly findings: number }
  /** Clusters that were looked at for the first time: a new account's, or one. */
  | { readonly type: 'clusters'; readonly account?: string; readonly cluster?: ClusterIdentity; readonly clusters: number; readonly counts: SeverityCounts }
  /** A check that is new, or looks closer, on clusters that were known. */
  | { readonly type: 'check'; readonly own: OwnDifference }
);

/** What one route is told of several seals: a value, in no particular medium. */
export interface Bulletin {
  readonly route: RouteSetting;
  readonly bucket: string;
  /** UTC, ISO 8601. */
  readonly now: string;
  /** The seals that it is about. */
  readonly from: number;
  readonly to: number;
  readonly changeKeys: readonly string[];
  readonly digest: Digest;
  readonly accounts: number;
  /** In the order of `SECTIONS`. */
  readonly entries: readonly Entry[];
}

export interface BulletinFrame {
  readonly route: RouteSetting;
  readonly bucket: string;
  readonly now: string;
  readonly checks: readonly CheckWords[];
}

/** Undefined: there is nothing that this route is told of. Clusters in and out of sight, gone or new are always told. */
export function bulletinOf({ from, to, changeKeys, changes, fresh, freshFrom, gone, since }: News, { standing, accounts }: RecordStanding, { route, bucket, now, checks }: BulletinFrame): Bulletin | undefined {
  const digest = digestOf({ changes, fresh, freshFrom, gone, standing, checks, severity: route.severity, ...(since === undefined ? {} : { since }) });
  const entries: Entry[] = [
    ...digest.items.map((item): Entry => ({ section: item.kind as Section, type: 'item', item })),
    ...digest.sight.map((change): Entry => ({ section: change.kind, type: 'sight', change })),
    ...digest.gone.map((row): Entry => ({ section: 'gone', type: 'gone', ...row })),
    ...(digest.baseline ? firstLooks(digest.baseline, accounts) : []),
    ...digest.own.filter(({ severity }) => atLeast(severity, route.severity)).map((own): Entry => ({ section: 'first-look', type: 'check', own })),
  ];
  if (entries.length === 0) return undefined;
  // The order within a section stays.
  entries.sort((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section));
  return { route, bucket, now, from, to, changeKeys, digest, accounts: accounts.size, entries };
}

/** One line an account of which nothing was known before, else one a cluster. */
function firstLooks({ clusters, items }: Baseline, known: ReadonlyMap<string, number>): Entry[] {
  const severities = new Map(clusters.map(({ id }) => [id, [] as DigestItem['severity'][]]));
  for (const { places } of items) for (const { cluster, severity } of places) severities.get(cluster.id)?.push(severity);
  const groups = new Map<string, ClusterIdentity[]>();
  for (const cluster of clusters) {
    const { account = '' } = cluster;
    const group = groups.get(account);
    if (group) group.push(cluster);
    else groups.set(account, [cluster]);
  }
  const entries: Entry[] = [];
  for (const [account, group] of [...groups].sort(([a], [b]) => compareText(a, b))) {
    const rows = account !== '' && known.get(account) === group.length ? [group] : group.map((cluster) => [cluster]);
    for (const row of rows) {
      const counts = countSeverities(row.flatMap(({ id }) => severities.get(id)!));
      const whose = rows[0] === group ? { account } : { cluster: row[0]! };
      entries.push({ section: 'first-look', type: 'clusters', ...whose, clusters: row.length, counts });
    }
  }
  return entries;
}

/** Findings that an entry stands for. */
export function findingsOf(entry: Entry): number {
  return entry.type === 'item' ? entry.item.places.length : 0;
}

/** What of a bulletin is not shown, by section. */
export function restOf({ entries }: Bulletin, shown: number): ReadonlyMap<Section, { readonly entries: number; readonly findings: number }> {
  const rest = new Map<Section, { entries: number; findings: number }>();
  for (const entry of entries.slice(shown)) {
    const { entries: count, findings } = rest.get(entry.section) ?? { entries: 0, findings: 0 };
    rest.set(entry.section, { entries: count + 1, findings: findings + findingsOf(entry) });
  }
  return rest;
}
