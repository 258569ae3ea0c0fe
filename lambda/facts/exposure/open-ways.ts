import type { V1Service } from '@kubernetes/client-node';
import type { Exposure } from './exposure.ts';

/** Who sends to what a Service stands for. */
export type SenderOf = (service: V1Service) => Exposure['from'];

/** To a route, or to a Gateway behind another. */
export interface OpenWay extends Pick<Exposure, 'path' | 'sure'> {
  readonly outside: Set<number>;
  readonly from: SenderOf;
}

/** Of two ways of one key: the sure one, the first by name where both are, with the ports of both. */
export function joinWay<K>(known: Map<K, OpenWay>, key: K, way: Omit<OpenWay, 'outside'> & { readonly outside: Iterable<number> }): void {
  const before = known.get(key);
  if (before?.sure && !way.sure) return;
  const outside = before && before.sure === way.sure ? before.outside : new Set<number>();
  for (const port of way.outside) outside.add(port);
  const first = outside === before?.outside && inWords(before) <= inWords(way) ? before : way;
  known.set(key, { path: first.path, sure: first.sure, from: first.from, outside });
}

function inWords({ path }: Pick<OpenWay, 'path'>): string {
  return path.join(' > ');
}
