import type { AddressSet } from '../../cidr/address-set.ts';
import type { Family } from '../../cidr/address-block.ts';
import type { Labels, Selector } from '../label-selector.ts';
import { withName } from '../namespace-labels.ts';
import { madeOnce } from '../../../model/made-once.ts';
import type { AddressAtoms, Atom } from './address-atoms.ts';
import { classRange, classSetOf, eachClass, intersectionOf, isNone, NO_CLASSES, unionOfAll, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import { indexLabels } from './label-index.ts';
import type { LabelWords, Vocabulary } from './vocabulary.ts';

/** Which classes a peer, or a subject, means. Each selector and each block is asked once. */
export interface PeerSets {
  /** Pods of one namespace. */
  inNamespace(namespace: string, pods: Selector): ClassSet;
  /** Pods of those namespaces; no pods: all of them. */
  inNamespaces(namespaces: Selector, pods?: Selector): ClassSet;
  /** The same of pods of the host network: who has the address of one. */
  readonly hosting: Pick<PeerSets, 'inNamespace' | 'inNamespaces'>;
  /** By family: whose address of it lies in the set. */
  withAddress(addresses: AddressSet): { readonly [F in Family]: ClassSet };
  /** By family: who has some of its addresses in the set and others not. */
  partlyWithAddress(addresses: AddressSet): { readonly [F in Family]: ClassSet };
  /** Nodes, and pods of the host network on them. */
  ofNodes(nodes: Selector): ClassSet;
}

export function peerSets(classes: Classes, namespaces: ReadonlyMap<string, Labels>, vocabulary: Vocabulary, atoms: AddressAtoms): PeerSets {
  const pods = selectable(classes.all.map(({ labels }) => labels), classes.byNamespace, classes.pods, namespaces, vocabulary);
  const nodes = nodeClasses(classes, vocabulary.nodeLabels);
  const occupied = { IPv4: occupiedAtoms(classes, 'IPv4'), IPv6: occupiedAtoms(classes, 'IPv6') };
  const known = new Map<string, ClassSet>();

  function inBlock(addresses: AddressSet, family: Family): ClassSet {
    const ranges = atoms.rangesOf(addresses, family);
    if (ranges.length === 0) return NO_CLASSES;
    const key = `${family} ${ranges.join(' ')}`;
    let set = known.get(key);
    if (!set) known.set(key, (set = occupied[family].within(ranges)));
    return set;
  }

  function partlyInBlock(addresses: AddressSet, family: Family): ClassSet {
    const { several, within } = occupied[family];
    if (isNone(several)) return NO_CLASSES;
    const inside = intersectionOf(inBlock(addresses, family), several);
    return isNone(inside) ? inside : intersectionOf(inside, within(outsideOf(atoms.rangesOf(addresses, family))));
  }

  return {
    ...pods,
    hosting: hostingClasses(classes, namespaces, vocabulary),
    withAddress: (addresses) => ({ IPv4: inBlock(addresses, 'IPv4'), IPv6: inBlock(addresses, 'IPv6') }),
    partlyWithAddress: (addresses) => ({ IPv4: partlyInBlock(addresses, 'IPv4'), IPv6: partlyInBlock(addresses, 'IPv6') }),
    ofNodes: nodes,
  };
}

type SelectedPods = Pick<PeerSets, 'inNamespace' | 'inNamespaces'>;

/** Things with labels, numbered so that those of a namespace are one range. */
function selectable(labels: readonly Labels[], byNamespace: ReadonlyMap<string, ClassSet>, everything: ClassSet, namespaces: ReadonlyMap<string, Labels>, vocabulary: Vocabulary): SelectedPods {
  const podIndex = indexLabels(labels, vocabulary.podLabels);
  const names = [...byNamespace.keys()];
  const namespaceIndex = indexLabels(names.map((name) => withName(name, namespaces.get(name))), vocabulary.namespaceLabels);
  const everyNamespace = classRange(0, names.length);
  const known = { namespaces: new Map<Selector, ClassSet>(), pods: new Map<Selector | string, Map<Selector, ClassSet>>() };

  function ofNamespace(name: string): ClassSet {
    return byNamespace.get(name) ?? NO_CLASSES;
  }

  function ofNamespaces(selector: Selector): ClassSet {
    if (selector.everything) return everything;
    let set = known.namespaces.get(selector);
    if (set) return set;
    const ranges: ClassSet[] = [];
    eachClass(namespaceIndex.select(selector, everyNamespace), (number) => ranges.push(byNamespace.get(names[number]!)!));
    known.namespaces.set(selector, (set = unionOfAll(ranges)));
    return set;
  }

  /** Of namespaces by a selector, or of one by its name. */
  function selected(where: Selector | string, pods: Selector): ClassSet {
    let bySelector = known.pods.get(where);
    if (!bySelector) known.pods.set(where, (bySelector = new Map()));
    let set = bySelector.get(pods);
    if (!set) bySelector.set(pods, (set = podIndex.select(pods, typeof where === 'string' ? ofNamespace(where) : ofNamespaces(where))));
    return set;
  }

  return {
    inNamespace: (namespace, pods) => (pods.everything ? ofNamespace(namespace) : selected(namespace, pods)),
    inNamespaces: (selector, pods) => (!pods || pods.everything ? ofNamespaces(selector) : selected(selector, pods)),
  };
}

/** Each pod of the host network that some class has at its address is a thing to select, and stands for that class. */
function hostingClasses(classes: Classes, namespaces: ReadonlyMap<string, Labels>, vocabulary: Vocabulary): SelectedPods {
  const hosted = classes.all.flatMap((each, number) => (each.hosted ?? []).map((pod) => ({ ...pod, number })));
  if (hosted.length === 0) return { inNamespace: () => NO_CLASSES, inNamespaces: () => NO_CLASSES };
  const groups = Map.groupBy(hosted, ({ namespace }) => namespace);
  const inOrder = [...groups.values()].flat();
  const byNamespace = new Map<string, ClassSet>();
  let first = 0;
  for (const [name, { length }] of groups) {
    byNamespace.set(name, classRange(first, first + length));
    first += length;
  }
  const pods = selectable(inOrder.map(({ labels }) => labels), byNamespace, classRange(0, inOrder.length), namespaces, vocabulary);
  const known = new Map<ClassSet, ClassSet>();
  const classesWith = (set: ClassSet): ClassSet =>
    madeOnce(known, set, () => {
      const numbers = new Set<number>();
      eachClass(set, (each) => numbers.add(inOrder[each]!.number));
      return classSetOf([...numbers].sort((a, b) => a - b));
    });
  return { inNamespace: (namespace, selector) => classesWith(pods.inNamespace(namespace, selector)), inNamespaces: (selector, of) => classesWith(pods.inNamespaces(selector, of)) };
}

function nodeClasses(classes: Classes, words: LabelWords): (selector: Selector) => ClassSet {
  const numbers: number[] = [];
  for (const [number, { node }] of classes.all.entries()) if (node) numbers.push(number);
  const index = indexLabels(classes.all.map(({ node }) => node ?? {}), words);
  const all = classSetOf(numbers);
  return (selector) => index.select(selector, all);
}

type Ranges = readonly (readonly [Atom, Atom])[];

/** The pieces in none of them. */
function outsideOf(ranges: Ranges): Ranges {
  const sorted = [...ranges].sort(([a], [b]) => a - b);
  return [...sorted, [Number.POSITIVE_INFINITY, 0] as const].map(([from], i): readonly [Atom, Atom] => [i === 0 ? 0 : sorted[i - 1]![1], from]);
}

/** Pieces of the address space in which some class has an address. */
function occupiedAtoms(classes: Classes, family: Family): { within(ranges: Ranges): ClassSet; /** In more than one. */ readonly several: ClassSet } {
  // Declared workloads all lie in the same pieces.
  const byPlace = Map.groupBy(classes.all.keys(), (number) => classes.all[number]!.atoms);
  const byAtom = new Map<Atom, ClassSet[]>();
  const several: ClassSet[] = [];
  for (const [atoms, numbers] of byPlace) {
    const own = atoms[family] ?? [];
    const set = own.length === 0 ? NO_CLASSES : classSetOf(numbers);
    if (own.length > 1) several.push(set);
    for (const atom of own) {
      const known = byAtom.get(atom);
      if (known) known.push(set);
      else byAtom.set(atom, [set]);
    }
  }
  const sorted = [...byAtom].sort(([a], [b]) => a - b);
  const places = Float64Array.from(sorted, ([atom]) => atom);
  const sets = sorted.map(([, own]) => (own.length === 1 ? own[0]! : unionOfAll(own)));
  // Unions of 2, 4, 8 neighbours: a wide range is made of few of them.
  const levels: ClassSet[][] = [sets];
  for (let level = sets; level.length > 1; levels.push(level)) {
    level = Array.from({ length: level.length >>> 1 }, (_, i) => unionOfAll([level[2 * i]!, level[2 * i + 1]!]));
  }
  function between(first: number, end: number): ClassSet[] {
    const parts: ClassSet[] = [];
    for (let from = first; from < end; ) {
      let height = 0;
      while (from % (2 << height) === 0 && from + (2 << height) <= end && levels[height + 1]?.[from >> (height + 1)]) height++;
      parts.push(levels[height]![from >> height]!);
      from += 1 << height;
    }
    return parts;
  }
  return { several: unionOfAll(several), within: (ranges) => unionOfAll(ranges.flatMap(([from, to]) => between(firstAtLeast(places, from), firstAtLeast(places, to)))) };
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
