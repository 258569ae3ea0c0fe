import type { Family } from '../../cidr/address-block.ts';
import { FAMILIES } from '../../cidr/address-set.ts';
import type { Labels } from '../label-selector.ts';
import type { AddressAtoms, Atom } from './address-atoms.ts';
import { classRange, type ClassSet } from './class-set.ts';
import { madeOnce } from '../../../model/made-once.ts';
import type { ContainerPort, Endpoint, HostedPod, NodeEnd } from './endpoint.ts';
import { NamedPortsTable, NO_PORTS } from './named-ports-table.ts';
import { NumberLists } from './number-lists.ts';
import type { LabelWords, Vocabulary } from './vocabulary.ts';

/** Ends that no policy can tell apart. */
export interface EndpointClass {
  /** Of pods that policies select; absent: pods of the host network, nodes and other addresses. */
  readonly namespace?: string;
  /** Those of one of them. */
  readonly labels: Labels;
  /** The pieces of the address space that its addresses of each family lie in, in order. Of all classes equal ones are one object. */
  readonly atoms: { readonly [F in Family]?: readonly Atom[] };
  /** Families that it has addresses of; both where none is known. */
  readonly families: readonly Family[];
  /** Those that some policy names. Of all classes equal ones are one object. */
  readonly namedPorts: readonly ContainerPort[];
  /** Labels of the node whose address it is. */
  readonly node?: Labels;
  /** It is a node, or a pod of the host network. */
  readonly isNode: boolean;
  /** Pods of the host network there, where they were looked for. */
  readonly hosted?: readonly HostedPod[];
}

export interface Classes {
  readonly all: readonly EndpointClass[];
  /** By the number of an endpoint its class. */
  readonly of: Int32Array;
  /** Classes of pods that policies select, by namespace: one range each. */
  readonly byNamespace: ReadonlyMap<string, ClassSet>;
  /** All of those; the others come behind them. */
  readonly pods: ClassSet;
}

/** Projects ends to what policies can tell apart, in one pass. */
export function classesOf(endpoints: readonly Endpoint[], nodes: readonly NodeEnd[], vocabulary: Vocabulary, atoms: AddressAtoms): Classes {
  const labelled = numberLabels(vocabulary.podLabels);
  const nodeLabelled = numberLabels(vocabulary.nodeLabels);
  const nodesByName = new Map(vocabulary.nodes ? nodes.map((node) => [node.name, { labels: node.labels, number: nodeLabelled(node.labels) }]) : []);
  // Pods of one namespace together; under no name what belongs to none.
  const shelves = new Map<string | undefined, Shelf>();
  const shelfOf = (name: string | undefined): Shelf => {
    let shelf = shelves.get(name);
    if (!shelf) shelves.set(name, (shelf = { byKey: new Map(), classes: [] }));
    return shelf;
  };
  const placed = new Int32Array(endpoints.length);
  const shelfOfEach: Shelf[] = [];
  const keys = new NumberLists();
  const ports = new NamedPortsTable(vocabulary.portNames);
  const placeOf = placesOf(atoms);
  const hostedNumber = numberHosted(labelled);
  for (const { pod, addresses, node, hosted } of endpoints) {
    const own = pod && !pod.hostNetwork ? pod : undefined;
    const nodeOf = own || node === undefined ? undefined : nodesByName.get(node);
    const place = placeOf(addresses);
    const namedPorts = pod ? ports.of(pod.namedPorts) : NO_PORTS;
    // Labels of pods stand on other shelves than those of nodes; without a node there are none.
    const labels = own ? labelled(own.labels) : nodeOf ? nodeOf.number + 1 : 0;
    const isNode = !own && (pod !== undefined || node !== undefined);
    const key = keys.add(keys.add(labels, place.number), own ? namedPorts.number : keys.add(keys.add(namedPorts.number, isNode ? 1 : 0), isNode && hosted ? hostedNumber(hosted) : 0));
    const shelf = shelfOf(own?.namespace);
    let position = shelf.byKey.get(key);
    if (position === undefined) {
      shelf.byKey.set(key, (position = shelf.classes.length));
      const { atoms: lyingIn, families } = place;
      shelf.classes.push(
        own
          ? { namespace: own.namespace, labels: own.labels, atoms: lyingIn, families, namedPorts: namedPorts.ports, isNode }
          : { labels: NO_LABELS, atoms: lyingIn, families, namedPorts: namedPorts.ports, isNode, ...(nodeOf ? { node: nodeOf.labels } : {}), ...(isNode && hosted ? { hosted } : {}) },
      );
    }
    placed[shelfOfEach.push(shelf) - 1] = position;
  }
  const outside = shelves.get(undefined);
  shelves.delete(undefined);
  const all: EndpointClass[] = [];
  const byNamespace = new Map<string, ClassSet>();
  const firsts = new Map<Shelf, number>();
  for (const [name, shelf] of shelves) {
    firsts.set(shelf, all.length);
    for (const each of shelf.classes) all.push(each);
    byNamespace.set(name!, classRange(all.length - shelf.classes.length, all.length));
  }
  const pods = classRange(0, all.length);
  if (outside) {
    firsts.set(outside, all.length);
    for (const each of outside.classes) all.push(each);
  }
  return { all, of: placed.map((at, number) => firsts.get(shelfOfEach[number]!)! + at), byNamespace, pods };
}

interface Shelf {
  readonly byKey: Map<number, number>;
  readonly classes: EndpointClass[];
}

const NO_LABELS: Labels = {};

/** Labels as a number, the same for labels that no selector tells apart: those of other keys are left out, and other values of a key are one. */
function numberLabels(words: LabelWords): (labels: Labels) => number {
  const numbers = new Map<string, Map<string, number>>();
  const others = new Map<string, number>();
  let next = 0;
  for (const [key, values] of words) {
    // Behind those of its values the number of all others of the key.
    numbers.set(key, new Map([...values].map((value) => [value, next++])));
    others.set(key, next++);
  }
  const lists = new NumberLists();
  return (labels) => {
    let first: number | undefined;
    let more: number[] | undefined;
    for (const key in labels) {
      const byValue = numbers.get(key);
      if (!byValue) continue;
      const number = byValue.get(labels[key]!) ?? others.get(key)!;
      // Most have one that some selector names.
      if (first === undefined) first = number;
      else (more ??= [first]).push(number);
    }
    if (!more) return first === undefined ? lists.none : lists.add(lists.none, first);
    return more.sort((a, b) => a - b).reduce((list, number) => lists.add(list, number), lists.none);
  };
}

/** Pods of the host network as a number, the same for pods that no selector tells apart. */
function numberHosted(labelled: (labels: Labels) => number): (hosted: readonly HostedPod[]) => number {
  const namespaces = new Map<string, number>();
  const lists = new NumberLists();
  const known = new Map<readonly HostedPod[], number>();
  const one = ({ namespace, labels }: HostedPod): number => lists.add(lists.add(lists.none, madeOnce(namespaces, namespace, () => namespaces.size)), labelled(labels));
  return (hosted) => madeOnce(known, hosted, () => [...new Set(hosted.map(one))].sort((a, b) => a - b).reduce((list, each) => lists.add(list, each), lists.none) + 1);
}

/** Where addresses lie, by a number that is the same for the same pieces of the address space. */
interface Place {
  readonly number: number;
  readonly atoms: EndpointClass['atoms'];
  readonly families: readonly Family[];
}

function placesOf(atoms: AddressAtoms): (addresses: readonly string[]) => Place {
  const lists = new NumberLists();
  const known = new Map<number, Place>();
  let last: { readonly addresses: readonly string[]; readonly place: Place } | undefined;
  return (addresses) => {
    // Workloads that are declared have all the same.
    if (last?.addresses === addresses) return last.place;
    const found: { readonly [F in Family]: Set<Atom> } = { IPv4: new Set(), IPv6: new Set() };
    for (const address of addresses) {
      const at = atoms.of(address);
      if (at) found[at.family].add(at.atom);
    }
    const families = FAMILIES.filter((family) => found[family].size > 0);
    const sorted = families.map((family) => [family, [...found[family]].sort((a, b) => a - b)] as const);
    let number = lists.none;
    // Which family begins stands before its pieces.
    for (const [family, own] of sorted) for (const each of [FAMILIES.indexOf(family), ...own.map((atom) => atom + FAMILIES.length)]) number = lists.add(number, each);
    let place = known.get(number);
    if (!place) known.set(number, (place = { number, atoms: Object.fromEntries(sorted), families: families.length === 0 ? FAMILIES : families }));
    last = { addresses, place };
    return place;
  };
}
