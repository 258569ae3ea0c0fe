import { resourceWords } from '../model/resource-words.ts';
import { grouped } from '../model/time-words.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { ResourceRef } from '../model/violation.ts';
import { SEVERITIES } from '../model/severity.ts';
import { plainText } from './cut-text.ts';
import type { DigestPlace } from './digest.ts';
import { totalOf, type SeverityCounts } from './severity-counts.ts';

/** Longest name that Kubernetes takes, and longest label that we do. */
const NAME_CAP = 253;
const LABEL_CAP = 100;

/** "prod-eu (111122223333, eu-west-1)". One line, whatever a cluster is called. */
export function clusterWords({ label, account, region }: ClusterIdentity): string {
  const where = [account, region].filter((part) => part !== undefined).join(', ');
  return `${plainText(label, LABEL_CAP)}${where === '' ? '' : ` (${where})`}`;
}

export function labelWords({ label }: ClusterIdentity): string {
  return plainText(label, LABEL_CAP);
}

/** "shop/web". */
export function thingWords({ kind, namespace, name, apiVersion }: ResourceRef): string {
  return resourceWords({ apiVersion, kind, name: plainText(name, NAME_CAP), ...(namespace === undefined ? {} : { namespace: plainText(namespace, NAME_CAP) }) });
}

/** No message names more of one item. */
const MOST_NAMED = 10;

/** The first things at fault, and how many there are in all. A thing with several faults counts once. */
interface Things {
  readonly first: readonly DigestPlace[];
  readonly total: number;
}

/** A message is written several times until it fits, and an item may have half a million places. */
const thingsOf = new WeakMap<readonly DigestPlace[], Things>();

function distinctThings(places: readonly DigestPlace[]): Things {
  const known = thingsOf.get(places);
  if (known) return known;
  const seen = new Set<string>();
  const first: DigestPlace[] = [];
  for (const place of places) {
    const { cluster, resource } = place;
    seen.add(JSON.stringify([cluster.id, resource.kind, resource.namespace, resource.name]));
    if (seen.size > first.length && first.length < MOST_NAMED) first.push(place);
  }
  const things = { first, total: seen.size };
  thingsOf.set(places, things);
  return things;
}

/** Things grouped by cluster, the first so many of them (ten at most), and how many more there are. */
export function groupPlaces(places: readonly DigestPlace[], most: number): { readonly clusters: readonly { readonly cluster: ClusterIdentity; readonly things: readonly string[] }[]; readonly more: number } {
  const { first, total } = distinctThings(places);
  const named = first.slice(0, most);
  const clusters = new Map<string, { cluster: ClusterIdentity; things: string[] }>();
  for (const { cluster, resource } of named) {
    const group = clusters.get(cluster.id) ?? { cluster, things: [] };
    const thing = thingWords(resource);
    if (thing !== '') group.things.push(thing);
    clusters.set(cluster.id, group);
  }
  return { clusters: [...clusters.values()], more: total - named.length };
}

/** "31 findings (3 critical, 9 high)". */
export function countsWords(counts: SeverityCounts): string {
  const total = totalOf(counts);
  if (total === 0) return 'no findings';
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => `${grouped(counts[severity])} ${severity}`);
  return `${total === 1 ? '1 finding' : `${grouped(total)} findings`} (${parts.join(', ')})`;
}
