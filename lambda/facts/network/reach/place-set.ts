import { compareText } from '../../../model/compare-text.ts';
import { differenceOf, eachClass, type ClassSet } from '../reachability/class-set.ts';
import type { PairedWorkload } from './paired-workloads.ts';

/** All compared workloads of a namespace, of which there are two or more; or one workload. */
export type Place = { readonly namespace: string; readonly workloads: number } | { readonly namespace: string; readonly workload: string };

/** Workloads in as few words as they take. */
export type PlaceSet = { readonly everybody: true; readonly but: readonly Place[] } | { readonly everybody: false; readonly places: readonly Place[] };

/** `members`: by class the workloads that it stands for; `universe`: the classes that there are. */
export function placeSetOf(set: ClassSet, universe: ClassSet, members: readonly (readonly PairedWorkload[])[]): PlaceSet {
  const totals = byNamespace(universe, members);
  const places = placesOf(set, totals, members);
  const but = placesOf(differenceOf(universe, set), totals, members);
  return but.length === 0 || but.length * 2 < places.length ? { everybody: true, but } : { everybody: false, places };
}

/** How many workloads classes stand for. */
export function workloadsIn(set: ClassSet, members: readonly (readonly PairedWorkload[])[]): number {
  let count = 0;
  eachClass(set, (number) => (count += members[number]!.length));
  return count;
}

function placesOf(set: ClassSet, totals: ReadonlyMap<string, readonly string[]>, members: readonly (readonly PairedWorkload[])[]): readonly Place[] {
  const places: Place[] = [];
  for (const [namespace, names] of byNamespace(set, members)) {
    if (names.length > 1 && names.length === totals.get(namespace)!.length) places.push({ namespace, workloads: names.length });
    else for (const workload of [...names].sort(compareText)) places.push({ namespace, workload });
  }
  return places.sort((a, b) => compareText(a.namespace, b.namespace));
}

function byNamespace(set: ClassSet, members: readonly (readonly PairedWorkload[])[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  eachClass(set, (number) => {
    for (const { namespace, name } of members[number]!) {
      const names = found.get(namespace);
      if (names) names.push(name);
      else found.set(namespace, [name]);
    }
  });
  return found;
}
