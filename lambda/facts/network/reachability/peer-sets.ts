import type { AddressSet } from '../../cidr/address-set.ts';
import type { Family } from '../../cidr/address-block.ts';
import type { Labels, Selector } from '../label-selector.ts';
import type { AddressAtoms, Atom } from './address-atoms.ts';
import { classRange, classSetOf, eachClass, NO_CLASSES, unionOfAll, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import { indexLabels } from './label-index.ts';
import type { LabelWords, Vocabulary } from './vocabulary.ts';

/** Which classes a peer, or a subject, means. Each selector and each block is asked once. */
export interface PeerSets {
  /** Pods of one namespace. */
  inNamespace(namespace: string, pods: Selector): ClassSet;
  /** Pods of those namespaces; no pods: all of them. */
  inNamespaces(namespaces: Selector, pods?: Selector): ClassSet;
  /** By family: whose address of it lies in the set. */
  withAddress(addresses: AddressSet): { readonly [F in Family]: ClassSet };
  /** Nodes, and pods of the host network on them. */
  ofNodes(nodes: Selector): ClassSet;
}

export function peerSets(classes: Classes, namespaces: ReadonlyMap<string, Labels>, vocabulary: Vocabulary, atoms: AddressAtoms): PeerSets {
  const podIndex = indexLabels(classes.all.map(({ labels }) => labels), vocabulary.podLabels);
  const names = [...classes.byNamespace.keys()];
  const namespaceIndex = indexLabels(names.map((name) => withName(name, namespaces.get(name))), vocabulary.namespaceLabels);
  const everyNamespace = classRange(0, names.length);
  const nodes = nodeClasses(classes, vocabulary.nodeLabels);
  const occupied = { IPv4: occupiedAtoms(classes, 'IPv4'), IPv6: occupiedAtoms(classes, 'IPv6') };
  const known = { namespaces: new Map<string, ClassSet>(), pods: new Map<string, Map<string, ClassSet>>(), blocks: new Map<string, ClassSet>() };

  function ofNamespaces(selector: Selector): ClassSet {
    if (selector.everything) return classes.pods;
    let set = known.namespaces.get(selector.text);
    if (set) return set;
    const ranges: ClassSet[] = [];
    eachClass(namespaceIndex.select(selector, everyNamespace), (number) => ranges.push(classes.byNamespace.get(names[number]!)!));
    known.namespaces.set(selector.text, (set = unionOfAll(ranges)));
    return set;
  }

  /** Under the text of a namespace selector, or the name of a namespace behind a mark that no selector's text begins with. */
  function selected(where: string, within: () => ClassSet, pods: Selector): ClassSet {
    let bySelector = known.pods.get(where);
    if (!bySelector) known.pods.set(where, (bySelector = new Map()));
    let set = bySelector.get(pods.text);
    if (!set) bySelector.set(pods.text, (set = podIndex.select(pods, within())));
    return set;
  }

  function inBlock(addresses: AddressSet, family: Family): ClassSet {
    const ranges = atoms.rangesOf(addresses, family);
    if (ranges.length === 0) return NO_CLASSES;
    const key = `${family} ${ranges.join(' ')}`;
    let set = known.blocks.get(key);
    if (!set) known.blocks.set(key, (set = occupied[family].within(ranges)));
    return set;
  }

  return {
    inNamespace: (namespace, pods) => {
      const all = classes.byNamespace.get(namespace) ?? NO_CLASSES;
      return pods.everything ? all : selected(`=${namespace}`, () => all, pods);
    },
    inNamespaces: (selector, pods) => (!pods || pods.everything ? ofNamespaces(selector) : selected(selector.text, () => ofNamespaces(selector), pods)),
    withAddress: (addresses) => ({ IPv4: inBlock(addresses, 'IPv4'), IPv6: inBlock(addresses, 'IPv6') }),
    ofNodes: nodes,
  };
}

/** Every namespace carries its name as a label: the API server sets it. */
function withName(name: string, labels: Labels | undefined): Labels {
  return { ...labels, 'kubernetes.io/metadata.name': name };
}

function nodeClasses(classes: Classes, words: LabelWords): (selector: Selector) => ClassSet {
  const numbers: number[] = [];
  for (const [number, { node }] of classes.all.entries()) if (node) numbers.push(number);
  const index = indexLabels(classes.all.map(({ node }) => node ?? {}), words);
  const all = classSetOf(numbers);
  return (selector) => index.select(selector, all);
}

/** Pieces of the address space in which some class has its address. */
function occupiedAtoms(classes: Classes, family: Family): { within(ranges: readonly (readonly [Atom, Atom])[]): ClassSet } {
  // Declared workloads all lie in the same pieces.
  const byPlace = Map.groupBy(classes.all.keys(), (number) => classes.all[number]!.atoms);
  const byAtom = new Map<Atom, ClassSet[]>();
  for (const [atoms, numbers] of byPlace) {
    const own = atoms[family] ?? [];
    const set = own.length === 0 ? NO_CLASSES : classSetOf(numbers);
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
  return { within: (ranges) => unionOfAll(ranges.flatMap(([from, to]) => between(firstAtLeast(places, from), firstAtLeast(places, to)))) };
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
