import type { Family } from '../../cidr/address-block.ts';
import type { Labels } from '../label-selector.ts';
import type { AddressAtoms, Atom } from './address-atoms.ts';
import { classRange, type ClassSet } from './class-set.ts';
import type { ContainerPort, Endpoint, NodeEnd } from './endpoint.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Ends that no policy can tell apart. */
export interface EndpointClass {
  /** Of pods that policies select; absent: pods of the host network, nodes and other addresses. */
  readonly namespace?: string;
  readonly labels: Labels;
  /** The piece of the address space that its address of each family lies in. */
  readonly atoms: { readonly [F in Family]?: Atom };
  /** Families that it has addresses of; both where none is known. */
  readonly families: readonly Family[];
  /** Those that some policy names. */
  readonly namedPorts: readonly ContainerPort[];
  /** Labels of the node whose address it is. */
  readonly node?: Labels;
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
  const labelled = numberPairs(vocabulary.podLabels);
  const nodeLabelled = numberPairs(vocabulary.nodeLabels);
  const nodesByName = new Map(vocabulary.nodes ? nodes.map((node) => [node.name, { labels: node.labels, text: nodeLabelled(node.labels) }]) : []);
  // Pods of one namespace together; under no name what belongs to none.
  const shelves = new Map<string | undefined, Shelf>();
  const shelfOf = (name: string | undefined): Shelf => {
    let shelf = shelves.get(name);
    if (!shelf) shelves.set(name, (shelf = { byKey: new Map(), classes: [] }));
    return shelf;
  };
  const placed = new Int32Array(endpoints.length);
  const shelfOfEach: Shelf[] = [];
  for (const { pod, addresses, node } of endpoints) {
    const own = pod && !pod.hostNetwork ? pod : undefined;
    const nodeOf = own || node === undefined ? undefined : nodesByName.get(node);
    const at = atomsOf(addresses, atoms);
    const namedPorts = pod ? namedPortsOf(pod.namedPorts, vocabulary.portNames) : [];
    const key = `${own ? labelled(own.labels) : (nodeOf?.text ?? '-')}|${at.IPv4 ?? ''},${at.IPv6 ?? ''}|${namedPorts.length === 0 ? '' : JSON.stringify(namedPorts)}`;
    const shelf = shelfOf(own?.namespace);
    let position = shelf.byKey.get(key);
    if (position === undefined) {
      shelf.byKey.set(key, (position = shelf.classes.length));
      shelf.classes.push({
        ...(own ? { namespace: own.namespace } : {}),
        labels: own?.labels ?? {},
        atoms: at,
        families: familiesOf(at),
        namedPorts,
        ...(nodeOf ? { node: nodeOf.labels } : {}),
      });
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
  readonly byKey: Map<string, number>;
  readonly classes: EndpointClass[];
}

/** Labels as a text, the same for the same labels, those of other keys left out. */
function numberPairs(keys: ReadonlySet<string>): (labels: Labels) => string {
  const numbers = new Map<string, Map<string, number>>([...keys].map((key) => [key, new Map()]));
  let next = 0;
  return (labels) => {
    const found: number[] = [];
    for (const key in labels) {
      const byValue = numbers.get(key);
      if (!byValue) continue;
      const value = labels[key]!;
      let number = byValue.get(value);
      if (number === undefined) byValue.set(value, (number = next++));
      found.push(number);
    }
    return found.length < 2 ? String(found[0] ?? '') : found.sort((a, b) => a - b).join();
  };
}

function atomsOf(addresses: readonly string[], atoms: AddressAtoms): { readonly [F in Family]?: Atom } {
  const found: { [F in Family]?: Atom } = {};
  for (const address of addresses) {
    const at = atoms.of(address);
    if (at) found[at.family] ??= at.atom;
  }
  return found;
}

function familiesOf(atoms: EndpointClass['atoms']): readonly Family[] {
  const known = (['IPv4', 'IPv6'] as const).filter((family) => atoms[family] !== undefined);
  return known.length === 0 ? ['IPv4', 'IPv6'] : known;
}

function namedPortsOf(ports: readonly ContainerPort[], names: ReadonlySet<string>): readonly ContainerPort[] {
  if (names.size === 0 || ports.length === 0) return [];
  const used = ports.filter(({ name }) => names.has(name));
  if (used.length < 2) return used;
  const order = ({ name, protocol, port }: ContainerPort): string => JSON.stringify([name, protocol, port]);
  return used.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
