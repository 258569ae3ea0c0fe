import { differenceOf, intersectionOf, isNone, unionOfClasses, type ClassSet } from './class-set.ts';
import type { PortSet, PortTable } from './port-table.ts';

/** Peers and the ports on which connections with them are let through. */
export interface Admitted {
  readonly ports: PortSet;
  readonly peers: ClassSet;
}

/** What policies let through in one direction: no peer stands in two parts, no two parts have the same ports, and whoever is in none is let through on no port. */
export type Admission = readonly Admitted[];

/** All that some entry lets through. Entries may overlap. */
export function admissionOf(entries: Iterable<Admitted>, table: PortTable): Admission {
  const byPorts = new Map<PortSet, ClassSet>();
  for (const { ports, peers } of entries) {
    if (ports === table.none || isNone(peers)) continue;
    const known = byPorts.get(ports);
    byPorts.set(ports, known ? unionOfClasses(known, peers) : peers);
  }
  let parts: Admission = [];
  for (const [ports, peers] of byPorts) parts = parts.length === 0 ? [{ ports, peers }] : added(parts, { ports, peers }, table);
  return parts;
}

function added(parts: Admission, entry: Admitted, table: PortTable): Admission {
  const result: Admitted[] = [];
  let rest = entry.peers;
  for (const part of parts) {
    const common = isNone(rest) ? rest : intersectionOf(part.peers, rest);
    const ports = table.union(part.ports, entry.ports);
    if (isNone(common)) result.push(part);
    else {
      rest = differenceOf(rest, common);
      if (ports === part.ports) result.push(part);
      else result.push({ ports: part.ports, peers: differenceOf(part.peers, common) }, { ports, peers: common });
    }
  }
  result.push({ ports: entry.ports, peers: rest });
  return joinedByPorts(result, table);
}

/** Parts of which no two overlap, those with the same ports as one, sorted by ports. */
export function joinedByPorts(parts: Iterable<Admitted>, table: PortTable): Admission {
  const byPorts = new Map<PortSet, ClassSet>();
  for (const { ports, peers } of parts) {
    if (ports === table.none || isNone(peers)) continue;
    const known = byPorts.get(ports);
    byPorts.set(ports, known ? unionOfClasses(known, peers) : peers);
  }
  return [...byPorts].sort(([a], [b]) => a - b).map(([ports, peers]) => ({ ports, peers }));
}
