import type { DigestPlace } from './digest.ts';
import { resourceWords } from '../model/resource-words.ts';
import { grouped } from '../model/time-words.ts';

/** "prod-eu shop/a, shop/b; prod-us shop/a and 12 more places". A resource with several faults counts once. */
export function placesWords(places: readonly DigestPlace[], named = 3): string {
  const distinct = new Map<string, { label: string; resource: string }>();
  for (const { cluster, resource } of places) {
    const words = resourceWords(resource);
    distinct.set(JSON.stringify([cluster.id, resource.kind, words]), { label: cluster.label, resource: words });
  }
  const all = [...distinct.values()];
  const shown = all.slice(0, named);
  const clusters: { label: string; resources: string[] }[] = [];
  for (const { label, resource } of shown) {
    const known = clusters.find((cluster) => cluster.label === label);
    if (known) known.resources.push(resource);
    else clusters.push({ label, resources: [resource] });
  }
  const text = clusters.map(({ label, resources }) => `${label} ${resources.join(', ')}`.trimEnd()).join('; ');
  const more = all.length - shown.length;
  return more > 0 ? `${text} and ${grouped(more)} more` : text;
}
