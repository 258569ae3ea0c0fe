import { differenceOf, eachClass, intersectionOf, isNone, sizeOf, unionOfAll, wordWeights, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import { formsOf, SetTable } from './forms.ts';
import { mayMeet } from './pair-counts.ts';
import type { PortSet, PortTable } from './port-table.ts';
import type { Profiles } from './profiles.ts';
import { ReachedWeights } from './reached-weights.ts';
import { ValuesByRound } from './values-by-round.ts';

/** How much each class reaches, by its number: the weight of the classes to which some connection is let through, its own included where it may talk to its like. */
export interface ReachCounts {
  readonly everywhere: Int32Array;
  /** Of that in its own namespace. */
  readonly inNamespace: Int32Array;
  /** 1 where a class's members may talk to each other. */
  readonly alike: Uint8Array;
}

/**
 * Counts without going over pairs: what sources with one egress form reach among destinations with one ingress form is the same for all of them that the
 * destinations let in on the same ports. `weights`: by class how many things it stands for; those behind `classes.pods` count for nothing.
 */
export function countReach(classes: Classes, profiles: Profiles, table: PortTable, weights: Int32Array): ReachCounts {
  const sets = new SetTable();
  const egress = formsOf(classes, profiles, 'egress', sets);
  const ingress = formsOf(classes, profiles, 'ingress', sets);
  const count = classes.all.length;
  const counts = { everywhere: new Int32Array(count), inNamespace: new Int32Array(count), alike: new Uint8Array(count) };
  const reached = new ReachedWeights(sets, table, { by: weights, words: wordWeights(weights) });
  let asked = table.none;
  // Of the destinations looked at, on the ports on which these let sources in: by form of the sources.
  const values = new ValuesByRound(new Int32Array(egress.all.length), (form) => reached.of(egress.all[form]!, asked));

  /** From now on it is about these ports, and about the destinations looked at last. */
  function lookAt(ports: PortSet): void {
    asked = ports;
    values.next();
  }

  /** Gives each of the sources what it reaches of the destinations looked at, which let it in on the ports looked at; or takes it back. */
  function addReach(sources: ClassSet, reach: Int32Array, sign: 1 | -1): void {
    eachClass(sources, (source) => {
      reach[source]! += sign * values.of(egress.of[source]!);
    });
  }

  // Destinations that let in nearly everybody are put together by their ports, and whom one of them leaves out is taken back.
  const open = new Map<PortSet, ClassSet[]>();
  const many = sizeOf(classes.pods) / 2;
  for (const form of ingress.all) {
    const destinations = intersectionOf(form.members, classes.pods);
    if (isNone(destinations)) continue;
    reached.lookAt(destinations);
    const ranges = namespacesOf(destinations, classes);
    for (const { ports, set } of form.parts) {
      lookAt(ports);
      const sources = intersectionOf(sets.get(set), classes.pods);
      // What they reach of one namespace's is what they reach at all.
      if (ranges.length === 1) addReach(intersectionOf(sources, ranges[0]!), counts.inNamespace, 1);
      if (sizeOf(sources) <= many) {
        addReach(sources, counts.everywhere, 1);
        continue;
      }
      const alike = open.get(ports);
      if (alike) alike.push(destinations);
      else open.set(ports, [destinations]);
      addReach(differenceOf(classes.pods, sources), counts.everywhere, -1);
    }
    if (ranges.length === 1) continue;
    for (const range of ranges) {
      reached.lookAt(intersectionOf(destinations, range));
      for (const { ports, set } of form.parts) {
        lookAt(ports);
        addReach(intersectionOf(sets.get(set), range), counts.inNamespace, 1);
      }
    }
  }
  for (const [ports, destinations] of open) {
    reached.lookAt(unionOfAll(destinations));
    lookAt(ports);
    addReach(classes.pods, counts.everywhere, 1);
  }
  eachClass(classes.pods, (number) => {
    counts.alike[number] = mayMeet({ table, egress: profiles, ingress: profiles, asked: table.all }, number) ? 1 : 0;
  });
  return counts;
}

/** Namespaces that some of these are in. Classes of one stand together. */
function namespacesOf(set: ClassSet, { all, byNamespace }: Classes): readonly ClassSet[] {
  const ranges: ClassSet[] = [];
  let last: string | undefined;
  eachClass(set, (number) => {
    const { namespace } = all[number]!;
    if (namespace === last) return;
    last = namespace;
    ranges.push(byNamespace.get(namespace!)!);
  });
  return ranges;
}
