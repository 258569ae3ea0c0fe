import type { Change, FindingChange } from '../model/change.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { LookRow } from '../model/history.ts';
import { readSeal } from '../reconcile/newest-seal.ts';
import { readRows } from '../reconcile/read-rows.ts';
import { historyPrefix } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { cutText } from './cut-text.ts';

/** What several seals committed, as far as people are told of it. */
export interface News {
  readonly from: number;
  readonly to: number;
  /** In the order of the seals. Without evidence; text is cut. */
  readonly changes: readonly Change[];
  /** Clusters whose first look is among them. */
  readonly fresh: readonly ClusterIdentity[];
  /** The seal of each first look, by the cluster's id: what came before is about another cluster of that name. */
  readonly freshFrom: ReadonlyMap<string, number>;
  /** Clusters that did exist before and do not any more. */
  readonly gone: readonly ClusterIdentity[];
  /** When the seal before them was made: what was told before. UTC, ISO 8601. Absent: there was none. */
  readonly since?: string;
  /** Where all changes are, the newest last. */
  readonly changeKeys: readonly string[];
}

/** Longest text that a message needs, in UTF-16 units: names may be megabytes. */
const TEXT_CAP = 600;

/**
 * What the seals from one to another committed, from the history alone. Held are only changes, and of those of a cluster's first
 * look, which are told as numbers, only what is counted: memory grows with what changed, not with the organization.
 */
export async function readNews(store: ObjectStore, from: number, to: number): Promise<News> {
  const changes: Change[] = [];
  const changeKeys: string[] = [];
  const clusters = new Clusters();
  for (let seq = from; seq <= to; seq++) {
    const { seal } = await readSeal(store, seq);
    for await (const look of readRows(store, seal, 'coverage')) clusters.look(look);
    for await (const change of readRows(store, seal, 'changes')) changes.push(slim(change, clusters));
    changeKeys.push(...seal.objects.flatMap(({ key }) => (key.startsWith(historyPrefix('changes')) ? [key] : [])));
  }
  const since = from > 1 ? (await readSeal(store, from - 1)).seal.sealedAt : undefined;
  return { from, to, changes, changeKeys, fresh: [...clusters.fresh.values()], freshFrom: clusters.freshFrom, gone: [...clusters.gone.values()], ...(since === undefined ? {} : { since }) };
}

/** The clusters of these seals: which are new, which are gone; and one object for each, whoever names it. */
class Clusters {
  readonly fresh = new Map<string, ClusterIdentity>();
  readonly freshFrom = new Map<string, number>();
  readonly gone = new Map<string, ClusterIdentity>();
  /** Came and went meanwhile: nobody was told of them. */
  readonly #brief = new Set<string>();
  readonly #known = new Map<string, ClusterIdentity>();

  look({ cluster, seq, result, baseline }: LookRow): void {
    if (!cluster || result === 'superseded' || result === 'missed') return;
    const one = this.one(cluster);
    if (result === 'gone') {
      this.freshFrom.delete(cluster.id);
      if (this.fresh.delete(cluster.id)) this.#brief.add(cluster.id);
      else this.gone.set(cluster.id, one);
    } else if (baseline) {
      if (baseline === 'another' && !this.fresh.has(cluster.id) && !this.#brief.has(cluster.id)) this.gone.set(cluster.id, one);
      this.fresh.set(cluster.id, one);
      this.freshFrom.set(cluster.id, seq);
    } else this.gone.delete(cluster.id);
  }

  one(cluster: ClusterIdentity): ClusterIdentity {
    const known = this.#known.get(cluster.id);
    if (known) return known;
    this.#known.set(cluster.id, cluster);
    return cluster;
  }
}

/** What is counted has no words: half a million of them are told as one line. */
const COUNTED = { resource: { apiVersion: '', kind: '', name: '' }, key: '', message: '', cause: '', evidence: {}, restsOn: [] } as const;

function slim(change: Change, clusters: Clusters): Change {
  const { kind, run, seq, observedAt, origin } = change;
  const frame = { kind, run, seq, observedAt, origin, cluster: clusters.one(change.cluster) };
  if (!('finding' in change)) {
    const { reason, ...rest } = change;
    return { ...rest, cluster: frame.cluster, ...(reason === undefined ? {} : { reason: cutText(reason, TEXT_CAP) }) };
  }
  const { fingerprint, item, check, severity, status, since } = change.finding;
  const was = change.was === undefined ? {} : { was: change.was };
  if (clusters.fresh.has(change.cluster.id) && origin !== 'cluster-gone') return { ...frame, ...was, finding: { fingerprint, item, check, severity, status, since, ...COUNTED } } as FindingChange;
  const { resource, message, cause, changedBy } = change.finding;
  const { namespace } = resource;
  const place = {
    apiVersion: cutText(resource.apiVersion, TEXT_CAP),
    kind: cutText(resource.kind, TEXT_CAP),
    name: cutText(resource.name, TEXT_CAP),
    ...(namespace === undefined ? {} : { namespace: cutText(namespace, TEXT_CAP) }),
  };
  const finding = { fingerprint, item, check, severity, status, since, resource: place, message: cutText(message, TEXT_CAP), cause: cutText(cause, TEXT_CAP) };
  return { ...frame, ...was, finding: { ...finding, key: '', evidence: {}, restsOn: [], ...(changedBy ? { changedBy: { ...changedBy, manager: cutText(changedBy.manager, TEXT_CAP) } } : {}) } } as FindingChange;
}
