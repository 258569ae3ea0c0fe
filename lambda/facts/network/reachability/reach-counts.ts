import type { Direction } from '../policy.ts';
import type { Admission } from './admission.ts';
import { areEqual, classRange, classSetOf, differenceOf, eachClass, hashOf, intersectionOf, isNone, sizeOf, unionOfAll, weightOfCommon, wordWeights, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import type { PortSet, PortTable } from './port-table.ts';
import type { Profiles } from './profiles.ts';

/** How much each class reaches, by its number: the weight of the classes to which some connection is let through, its own included where it may talk to its like. */
export interface ReachCounts {
  readonly everywhere: Float64Array;
  /** Of that in its own namespace. */
  readonly inNamespace: Float64Array;
  /** 1 where a class's members may talk to each other. */
  readonly alike: Uint8Array;
}

/** Classes to which policies do the same in one direction. */
interface Form {
  readonly parts: readonly { readonly ports: PortSet; readonly set: number }[];
  readonly members: ClassSet;
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

  // Of the form looked at: what each set of destinations has in common with its members, and what a source's form comes to.
  const known = { common: new Map<number, number>(), value: new Float64Array(egress.forms.length), at: new Int32Array(egress.forms.length) };
  let stamp = 0;

  /** Gives each of the sources what it reaches of these destinations, which let it in on these ports; or takes it back. */
  function addReach(ports: PortSet, destinations: ClassSet, sources: ClassSet, reach: Float64Array, sign: 1 | -1): void {
    stamp++;
    eachClass(sources, (source) => {
      const form = egress.of[source]!;
      if (known.at[form] !== stamp) {
        known.at[form] = stamp;
        known.value[form] = valueOf(egress.forms[form]!, ports, destinations);
      }
      reach[source]! += sign * known.value[form]!;
    });
  }

  function valueOf({ parts }: Form, ports: PortSet, destinations: ClassSet): number {
    let value = 0;
    for (const part of parts) {
      if (table.intersection(part.ports, ports) === table.none) continue;
      let common = known.common.get(part.set);
      if (common === undefined) known.common.set(part.set, (common = weightOfCommon(sets.get(part.set), destinations, worth.by, worth.words)));
      value += common;
    }
    return value;
  }

  // Destinations that let in nearly everybody are put together by their ports, and whom one of them leaves out is taken back.
  const open = new Map<PortSet, ClassSet[]>();
  const many = sizeOf(classes.pods) / 2;
  for (const form of ingress.forms) {
    const destinations = intersectionOf(form.members, classes.pods);
    if (isNone(destinations)) continue;
    known.common.clear();
    for (const { ports, set } of form.parts) {
      const sources = intersectionOf(sets.get(set), classes.pods);
      if (sizeOf(sources) <= many) {
        addReach(ports, destinations, sources, counts.everywhere, 1);
        continue;
      }
      const alike = open.get(ports);
      if (alike) alike.push(destinations);
      else open.set(ports, [destinations]);
      addReach(ports, destinations, differenceOf(classes.pods, sources), counts.everywhere, -1);
    }
    for (const range of namespacesOf(destinations, classes)) {
      known.common.clear();
      const near = intersectionOf(destinations, range);
      for (const { ports, set } of form.parts) addReach(ports, near, intersectionOf(sets.get(set), range), counts.inNamespace, 1);
    }
  }
  for (const [ports, destinations] of open) {
    known.common.clear();
    addReach(ports, unionOfAll(destinations), classes.pods, counts.everywhere, 1);
  }
  eachClass(classes.pods, (number) => {
    counts.alike[number] = mayMeet(profiles, table, number) ? 1 : 0;
  });
  return counts;
}

function mayMeet(profiles: Profiles, table: PortTable, number: number): boolean {
  const one = classRange(number, number + 1);
  const portsOf = (direction: Direction): PortSet => profiles.of(number, direction).admission.find(({ peers }) => !isNone(intersectionOf(peers, one)))?.ports ?? table.none;
  return table.intersection(portsOf('egress'), portsOf('ingress')) !== table.none;
}

/** Namespaces that some of these are in. */
function namespacesOf(set: ClassSet, { all, byNamespace }: Classes): readonly ClassSet[] {
  const names = new Set<string>();
  eachClass(set, (number) => names.add(all[number]!.namespace!));
  return [...names].map((name) => byNamespace.get(name)!);
}

function formsOf(classes: Classes, profiles: Profiles, direction: Direction, sets: SetTable): { readonly forms: readonly Form[]; readonly of: Int32Array } {
  const numbers = new Map<string, number>();
  const byProfile = new Map<number, number>();
  const parts: Form['parts'][] = [];
  const members: number[][] = [];
  const of = new Int32Array(classes.all.length);
  for (let number = 0; number < of.length; number++) {
    const profile = profiles.byClass[direction][number]!;
    let form = byProfile.get(profile);
    if (form === undefined) {
      const own = partsOf(profiles.all[profile]!.admission, sets);
      const key = own.map(({ ports, set }) => `${ports} ${set}`).join();
      form = numbers.get(key);
      if (form === undefined) {
        numbers.set(key, (form = parts.push(own) - 1));
        members.push([]);
      }
      byProfile.set(profile, form);
    }
    of[number] = form;
    members[form]!.push(number);
  }
  return { forms: parts.map((own, form) => ({ parts: own, members: classSetOf(members[form]!) })), of };
}

function partsOf(admission: Admission, sets: SetTable): Form['parts'] {
  return admission.map(({ ports, peers }) => ({ ports, set: sets.numberOf(peers) })).sort((a, b) => a.ports - b.ports);
}

/** Sets, each once. */
class SetTable {
  readonly #sets: ClassSet[] = [];
  readonly #byHash = new Map<number, number[]>();

  get(number: number): ClassSet {
    return this.#sets[number]!;
  }

  numberOf(set: ClassSet): number {
    const hash = hashOf(set);
    const alike = this.#byHash.get(hash);
    const known = alike?.find((number) => areEqual(this.#sets[number]!, set));
    if (known !== undefined) return known;
    const number = this.#sets.push(set) - 1;
    if (alike) alike.push(number);
    else this.#byHash.set(hash, [number]);
    return number;
  }
}
