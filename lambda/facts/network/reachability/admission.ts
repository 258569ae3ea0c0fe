import { differenceOf, intersectionOf, isNone, unionOfClasses, type ClassSet } from './class-set.ts';
import type { PortSet, PortTable } from './port-table.ts';

/** Peers and the ports on which connections with them are let through. */
export interface Admitted {
  readonly ports: PortSet;
  readonly peers: ClassSet;
}

/** What policies let through in one direction, sorted by ports: no peer stands in two parts, no two parts have the same ports, and whoever is in none is let through on no port. */
export type Admission = readonly Admitted[];

/** All that some entry lets through. They may overlap. */
export function admissionOf(entries: PartsByPorts, table: PortTable): Admission {
  if (entries.parts.length < 2) return entries.parts;
  let parts = new PartsByPorts(table.none);
  for (let i = 0; i < entries.parts.length; i++) parts = added(parts.parts, entries.parts[i]!, table);
  return parts.sorted();
}

function added(parts: Admission, { ports, peers }: Admitted, table: PortTable): PartsByPorts {
  const result = new PartsByPorts(table.none);
  let rest = peers;
  // By index: done for each part of each profile.
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const common = isNone(rest) ? rest : intersectionOf(part.peers, rest);
    if (isNone(common)) {
      result.put(part.ports, part.peers);
      continue;
    }
    rest = differenceOf(rest, common);
    result.put(table.union(part.ports, ports), common);
    result.put(part.ports, differenceOf(part.peers, common));
  }
  result.put(ports, rest);
  return result;
}

/** Parts of which no two overlap, those with the same ports as one, sorted by ports. */
export function joinedByPorts(parts: Iterable<Admitted>, table: PortTable): Admission {
  const joined = new PartsByPorts(table.none);
  for (const { ports, peers } of parts) joined.put(ports, peers);
  return joined.sorted();
}

/** So many are looked through faster than looked up. */
const FEW = 12;

/** Peers put together by their ports. */
export class PartsByPorts {
  readonly parts: { readonly ports: PortSet; peers: ClassSet }[] = [];
  readonly #none: PortSet;
  /** Made where there are many. */
  #places: Map<PortSet, number> | undefined;

  constructor(none: PortSet) {
    this.#none = none;
  }

  /** No ports, or no peers, are no part. */
  put(ports: PortSet, peers: ClassSet): void {
    if (ports === this.#none || isNone(peers)) return;
    const known = this.#find(ports);
    if (known) known.peers = unionOfClasses(known.peers, peers);
    else {
      this.#places?.set(ports, this.parts.length);
      this.parts.push({ ports, peers });
      if (this.parts.length === FEW) this.#places = new Map(this.parts.map((part, place) => [part.ports, place]));
    }
  }

  #find(ports: PortSet): { peers: ClassSet } | undefined {
    if (this.#places) {
      const place = this.#places.get(ports);
      return place === undefined ? undefined : this.parts[place];
    }
    for (let i = 0; i < this.parts.length; i++) if (this.parts[i]!.ports === ports) return this.parts[i];
    return undefined;
  }

  sorted(): Admission {
    return this.parts.length > FEW ? this.parts.sort((a, b) => a.ports - b.ports) : insertionSorted(this.parts);
  }
}

/** Few are sorted so in less time than the engine's own sort takes to begin. */
function insertionSorted<T extends Pick<Admitted, 'ports'>>(parts: T[]): readonly T[] {
  for (let i = 1; i < parts.length; i++) {
    const part = parts[i]!;
    let at = i;
    for (; at > 0 && parts[at - 1]!.ports > part.ports; at--) parts[at] = parts[at - 1]!;
    parts[at] = part;
  }
  return parts;
}
