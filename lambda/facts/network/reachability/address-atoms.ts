import type { AddressSet, Interval } from '../../cidr/address-set.ts';
import { parseAddress, plainIpv4, type Family } from '../../cidr/address-block.ts';

/** Number of a piece of a family's address space that no block divides. */
export type Atom = number;

/** The address space cut at the edges of all blocks. */
export interface AddressAtoms {
  /** The family of an address and its piece; undefined: the text is no address. */
  of(address: string): { readonly family: Family; readonly atom: Atom } | undefined;
  /** The pieces that a set is made of: from the first of each pair up to, without, the second. Its edges are among those given. */
  rangesOf(set: AddressSet, family: Family): readonly (readonly [Atom, Atom])[];
}

export function cutAddresses(sets: Iterable<AddressSet>): AddressAtoms {
  const IPv4 = new Set<number>();
  const IPv6 = new Set<bigint>();
  for (const set of sets) {
    for (const { first, last } of set.IPv4) IPv4.add(Number(first)).add(Number(last) + 1);
    for (const { first, last } of set.IPv6) IPv6.add(first).add(last + 1n);
  }
  const edges = { IPv4: Float64Array.from(IPv4).sort(), IPv6: [...IPv6].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) };
  const atomOf = (family: Family, value: number | bigint): Atom => (family === 'IPv4' ? edgesUpTo(edges.IPv4, Number(value)) : edgesUpTo(edges.IPv6, value));
  return {
    of: (address) => {
      const number = plainIpv4(address);
      if (number !== undefined) return { family: 'IPv4', atom: atomOf('IPv4', number) };
      const parsed = parseAddress(address);
      return parsed && { family: parsed.family, atom: atomOf(parsed.family, parsed.value) };
    },
    rangesOf: (set, family) => set[family].map(({ first, last }: Interval) => [atomOf(family, first), atomOf(family, last + 1n)] as const),
  };
}

/** How many edges are not above a value. */
function edgesUpTo<T extends number | bigint>(edges: { readonly length: number; readonly [index: number]: T }, value: T): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
