import type { Family } from '../../cidr/address-block.ts';
import { pairKey } from './pair-key.ts';

/**
 * Ports of connections, all protocols and both families on one line: a connection is a point on it, a set of ports is intervals. A dual-stack pod may be let
 * through with one address and not with the other, so the families stay apart.
 */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

const PORTS = 65_536;
/** All other IP protocols are one point: no policy names one of them. */
const OTHER = PROTOCOLS.length;
const LANE = (OTHER + 1) * PORTS;
export const LANES: readonly Family[] = ['IPv4', 'IPv6'];

/** Number of a set of ports in a table; equal sets have equal numbers. */
export type PortSet = number;

/** From `first` to `last`, of one protocol. */
export interface PortInterval {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

/** Sets of ports, each made once, so that they are compared and combined by number. */
export interface PortTable {
  readonly none: PortSet;
  readonly all: PortSet;
  /** Every port and protocol of one family. */
  readonly lanes: { readonly [F in Family]: PortSet };
  /** In both families. Protocols but TCP, UDP and SCTP, and what lies outside of 1 to 65535, are in no set. */
  of(intervals: readonly PortInterval[]): PortSet;
  union(a: PortSet, b: PortSet): PortSet;
  intersection(a: PortSet, b: PortSet): PortSet;
  difference(a: PortSet, b: PortSet): PortSet;
  has(set: PortSet, family: Family, protocol: Protocol, port: number): boolean;
  /** What one family's connections are in a set; `other` where all other protocols are. */
  read(set: PortSet, family: Family): { readonly ports: readonly PortInterval[]; readonly other: boolean };
}

export function createPortTable(): PortTable {
  // Boundaries: what lies from an even one to the next odd one is in the set.
  const sets: (readonly number[])[] = [];
  const numbers = new Map<string, PortSet>();
  const memo = { one: new Map<number, PortSet>(), union: new Map<number, PortSet>(), intersection: new Map<number, PortSet>(), difference: new Map<number, PortSet>() };

  function numberOf(bounds: readonly number[]): PortSet {
    const text = bounds.join();
    let number = numbers.get(text);
    if (number === undefined) {
      number = sets.push(bounds) - 1;
      numbers.set(text, number);
    }
    return number;
  }

  function combined(a: PortSet, b: PortSet, known: Map<number, PortSet>, isIn: (a: boolean, b: boolean) => boolean): PortSet {
    const key = pairKey(a, b);
    let result = known.get(key);
    if (result === undefined) known.set(key, (result = numberOf(sweep(sets[a]!, sets[b]!, isIn))));
    return result;
  }

  /** Thousands of rules name the same port. */
  function oneInterval(protocol: number, low: number, high: number): PortSet {
    // A capture may hold half a port, and its key would be another's.
    if (!Number.isInteger(low) || !Number.isInteger(high)) return bothFamilies(protocol, low, high);
    const key = (protocol * PORTS + low) * PORTS + high;
    let set = memo.one.get(key);
    if (set === undefined) memo.one.set(key, (set = bothFamilies(protocol, low, high)));
    return set;
  }

  function bothFamilies(protocol: number, low: number, high: number): PortSet {
    return numberOf(LANES.flatMap((_, i) => [i * LANE + protocol * PORTS + low, i * LANE + protocol * PORTS + high + 1]));
  }

  const none = numberOf([]);
  const lane = (family: Family): readonly number[] => {
    const base = LANES.indexOf(family) * LANE;
    return [...PROTOCOLS.flatMap((_, i) => [base + i * PORTS + 1, base + (i + 1) * PORTS]), base + OTHER * PORTS, base + OTHER * PORTS + 1];
  };
  const [IPv4, IPv6] = LANES.map((family) => numberOf(joined(lane(family))));
  const lanes = { IPv4: IPv4!, IPv6: IPv6! };

  const table: PortTable = {
    none,
    all: numberOf(joined([...lane('IPv4'), ...lane('IPv6')])),
    lanes,
    of: (intervals) => {
      let set = none;
      for (const { protocol, first, last } of intervals) {
        const index = (PROTOCOLS as readonly string[]).indexOf(protocol);
        const [low, high] = [Math.max(first, 1), Math.min(last, PORTS - 1)];
        if (index >= 0 && low <= high) set = table.union(set, oneInterval(index, low, high));
      }
      return set;
    },
    union: (a, b) => (a === b || b === none ? a : a === none ? b : combined(Math.min(a, b), Math.max(a, b), memo.union, isInEither)),
    intersection: (a, b) => (a === b || b === table.all ? a : a === table.all ? b : combined(Math.min(a, b), Math.max(a, b), memo.intersection, isInBoth)),
    difference: (a, b) => (b === none ? a : a === b ? none : combined(a, b, memo.difference, isInFirstAlone)),
    has: (set, family, protocol, port) => {
      const point = LANES.indexOf(family) * LANE + PROTOCOLS.indexOf(protocol) * PORTS + port;
      const bounds = sets[set]!;
      for (let i = 0; i < bounds.length; i += 2) if (bounds[i]! <= point && point < bounds[i + 1]!) return true;
      return false;
    },
    read: (set, family) => {
      const base = LANES.indexOf(family) * LANE;
      const bounds = sweep(sets[set]!, sets[lanes[family]]!, isInBoth);
      const ports: PortInterval[] = [];
      let other = false;
      for (let i = 0; i < bounds.length; i += 2) {
        for (let from = bounds[i]! - base; from < bounds[i + 1]! - base; ) {
          const index = Math.floor(from / PORTS);
          const end = Math.min(bounds[i + 1]! - base, (index + 1) * PORTS);
          if (index === OTHER) other = true;
          else ports.push({ protocol: PROTOCOLS[index]!, first: from - index * PORTS, last: end - 1 - index * PORTS });
          from = end;
        }
      }
      return { ports, other };
    },
  };
  return table;
}

// Not written where they are handed over: those are asked so often that to make them again each time is a part of it.

function isInEither(a: boolean, b: boolean): boolean {
  return a || b;
}

function isInBoth(a: boolean, b: boolean): boolean {
  return a && b;
}

function isInFirstAlone(a: boolean, b: boolean): boolean {
  return a && !b;
}

/** Where one interval ends at the beginning of the next, they are one. */
function joined(bounds: readonly number[]): readonly number[] {
  const result: number[] = [];
  for (const bound of bounds) {
    if (result.at(-1) === bound) result.pop();
    else result.push(bound);
  }
  return result;
}

function sweep(a: readonly number[], b: readonly number[], isIn: (a: boolean, b: boolean) => boolean): readonly number[] {
  const result: number[] = [];
  let inside = false;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const at = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    if (a[i] === at) i++;
    if (b[j] === at) j++;
    if (isIn(i % 2 === 1, j % 2 === 1) !== inside) {
      inside = !inside;
      result.push(at);
    }
  }
  return result;
}
