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

/** Things grouped by cluster, the first so many of them, and how many more there are. A thing with several faults counts once. */
export function groupPlaces(places: readonly DigestPlace[], most: number): { readonly clusters: readonly { readonly cluster: ClusterIdentity; readonly things: readonly string[] }[]; readonly more: number } {
  const seen = new Set<string>();
  const clusters = new Map<string, { cluster: ClusterIdentity; things: string[] }>();
  let named = 0;
  for (const { cluster, resource } of places) {
    const { kind, namespace, name } = resource;
    const key = JSON.stringify([cluster.id, kind, namespace, name]);
    if (seen.has(key)) continue;
    seen.add(key);
    if (named === most) continue;
    named += 1;
    const group = clusters.get(cluster.id) ?? { cluster, things: [] };
    const thing = thingWords(resource);
    if (thing !== '') group.things.push(thing);
    clusters.set(cluster.id, group);
  }
  return { clusters: [...clusters.values()], more: seen.size - named };
}

/** "31 findings (3 critical, 9 high)". */
export function countsWords(counts: SeverityCounts): string {
  const total = totalOf(counts);
  if (total === 0) return 'no findings';
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => `${grouped(counts[severity])} ${severity}`);
  return `${total === 1 ? '1 finding' : `${grouped(total)} findings`} (${parts.join(', ')})`;
}
