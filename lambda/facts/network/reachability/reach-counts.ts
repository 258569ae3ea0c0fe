import { differenceOf, eachClass, intersectionOf, isNone, sizeOf, unionOfAll, wordWeights, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import { formsOf, SetTable } from './forms.ts';
import { mayMeet } from './pair-counts.ts';
import type { PortSet, PortTable } from './port-table.ts';
import type { Profiles } from './profiles.ts';
import { reachedWeight, type ReachedWeight } from './reached-weight.ts';

/** How much each class reaches, by its number: the weight of the classes to which some connection is let through, its own included where it may talk to its like. */
export interface ReachCounts {
  readonly everywhere: Float64Array;
  /** Of that in its own namespace. */
  readonly inNamespace: Float64Array;
  /** 1 where a class's members may talk to each other. */
  readonly alike: Uint8Array;
}

/**
 * Counts without going over pairs: what sources with one egress form reach among destinations with one ingress form is the same for all of them that the
 * destinations let in on the same ports. `weights`: by class how many things it stands for; those behind `classes.pods` count for nothing.
 */
export function countReach(classes: Classes, profiles: Profiles, table: PortTable, weights: Float64Array): ReachCounts {
  const sets = new SetTable();
  const egress = formsOf(classes, profiles, 'egress', sets);
  const ingress = formsOf(classes, profiles, 'ingress', sets);
  const count = classes.all.length;
  const counts = { everywhere: new Float64Array(count), inNamespace: new Float64Array(count), alike: new Uint8Array(count) };
  const worth = { by: weights, words: wordWeights(weights) };

  // By a source's form what it comes to, of the destinations looked at.
  const known = { value: new Float64Array(egress.all.length), at: new Int32Array(egress.all.length) };
  let stamp = 0;

  /** Gives each of the sources what it reaches of destinations that let it in on these ports; or takes it back. */
  function addReach(ports: PortSet, reached: ReachedWeight, sources: ClassSet, reach: Float64Array, sign: 1 | -1): void {
    stamp++;
    eachClass(sources, (source) => {
      const form = egress.of[source]!;
      if (known.at[form] !== stamp) {
        known.at[form] = stamp;
        known.value[form] = reached(egress.all[form]!, ports);
      }
      reach[source]! += sign * known.value[form]!;
    });
  }

  // Destinations that let in nearly everybody are put together by their ports, and whom one of them leaves out is taken back.
  const open = new Map<PortSet, ClassSet[]>();
  const many = sizeOf(classes.pods) / 2;
  for (const form of ingress.all) {
    const destinations = intersectionOf(form.members, classes.pods);
    if (isNone(destinations)) continue;
    const reached = reachedWeight(destinations, sets, table, worth);
    for (const { ports, set } of form.parts) {
      const sources = intersectionOf(sets.get(set), classes.pods);
      if (sizeOf(sources) <= many) {
        addReach(ports, reached, sources, counts.everywhere, 1);
        continue;
      }
      const alike = open.get(ports);
      if (alike) alike.push(destinations);
      else open.set(ports, [destinations]);
      addReach(ports, reached, differenceOf(classes.pods, sources), counts.everywhere, -1);
    }
    for (const range of namespacesOf(destinations, classes)) {
      const near = reachedWeight(intersectionOf(destinations, range), sets, table, worth);
      for (const { ports, set } of form.parts) addReach(ports, near, intersectionOf(sets.get(set), range), counts.inNamespace, 1);
    }
  }
  for (const [ports, destinations] of open) {
    addReach(ports, reachedWeight(unionOfAll(destinations), sets, table, worth), classes.pods, counts.everywhere, 1);
  }
  eachClass(classes.pods, (number) => {
    counts.alike[number] = mayMeet({ table, egress: profiles, ingress: profiles, asked: table.all }, number) ? 1 : 0;
  });
  return counts;
}

/** Namespaces that some of these are in. */
function namespacesOf(set: ClassSet, { all, byNamespace }: Classes): readonly ClassSet[] {
  const names = new Set<string>();
  eachClass(set, (number) => names.add(all[number]!.namespace!));
  return [...names].map((name) => byNamespace.get(name)!);
}
