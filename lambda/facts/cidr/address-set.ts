import { ADDRESS_BITS, parseAddress, parseBlock, type Address, type AddressBlock, type Family } from './address-block.ts';

/** Addresses from `first` to `last`, both included. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of addresses: for each family intervals that are sorted, do not overlap and do not touch, so that equal sets have equal intervals. */
export interface AddressSet {
  readonly IPv4: readonly Interval[];
  readonly IPv6: readonly Interval[];
}

export const FAMILIES: readonly Family[] = ['IPv4', 'IPv6'];

/** The union of blocks, in O(n log n). */
export function setOfBlocks(blocks: Iterable<AddressBlock>): AddressSet {
  const intervals: { [F in Family]: Interval[] } = { IPv4: [], IPv6: [] };
  for (const { family, first, last } of blocks) intervals[family].push({ first, last });
  return { IPv4: merged(intervals.IPv4), IPv6: merged(intervals.IPv6) };
}

/** The union of what can be read as CIDR blocks, and what cannot, in the order given. */
export function setOfCidrs(texts: Iterable<unknown>): { readonly set: AddressSet; readonly malformed: readonly string[] } {
  const blocks: AddressBlock[] = [];
  const malformed: string[] = [];
  for (const text of texts) {
    const block = parseBlock(text);
    if (block) blocks.push(block);
    else malformed.push(typeof text === 'string' ? text : (JSON.stringify(text) ?? 'undefined'));
  }
  return { set: setOfBlocks(blocks), malformed };
}

/** The union of sets, in O(n log n) of all their intervals. */
export function unionOf(sets: readonly AddressSet[]): AddressSet {
  if (sets.length === 1) return sets[0]!;
  return { IPv4: merged(sets.flatMap(({ IPv4 }) => IPv4)), IPv6: merged(sets.flatMap(({ IPv6 }) => IPv6)) };
}

export function union(a: AddressSet, b: AddressSet): AddressSet {
  return unionOf([a, b]);
}

/** What is in `a` and not in `b`. */
export function difference(a: AddressSet, b: AddressSet): AddressSet {
  if (isEmpty(b)) return a;
  return { IPv4: without(a.IPv4, b.IPv4), IPv6: without(a.IPv6, b.IPv6) };
}

export function intersection(a: AddressSet, b: AddressSet): AddressSet {
  return difference(a, difference(a, b));
}

/** False for a text that is no address. */
export function includesAddress(set: AddressSet, text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && includes(set, address);
}

export function includes(set: AddressSet, { family, value }: Address): boolean {
  for (const { first, last } of set[family]) if (first <= value && value <= last) return true;
  return false;
}

export function isEmpty(set: AddressSet): boolean {
  return set.IPv4.length === 0 && set.IPv6.length === 0;
}

/** How many addresses of a family are in the set. */
export function countOf(set: AddressSet, family: Family): bigint {
  let count = 0n;
  for (const { first, last } of set[family]) count += last - first + 1n;
  return count;
}

/** Share of a family's whole address space, from 0 to 1; 1 only for all of it. */
export function shareOf(set: AddressSet, family: Family): number {
  return ratio(countOf(set, family), 1n << BigInt(ADDRESS_BITS[family]));
}

/** `part / whole` in six digits, rounded down, so that 1 means all and 0 may still be something. */
export function ratio(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1_000_000n) / whole) / 1_000_000;
}

function merged(intervals: Interval[]): readonly Interval[] {
  if (intervals.length < 2) return intervals;
  const sorted = intervals.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const result: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of sorted) {
    const previous = result.at(-1);
    if (previous && first <= previous.last + 1n) {
      if (last > previous.last) previous.last = last;
    } else result.push({ first, last });
  }
  return result;
}

function without(from: readonly Interval[], taken: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  let next = 0;
  for (const { first, last } of from) {
    let start = first;
    while (next < taken.length && taken[next]!.last < start) next++;
    for (let at = next; at < taken.length && taken[at]!.first <= last; at++) {
      if (taken[at]!.first > start) result.push({ first: start, last: taken[at]!.first - 1n });
      start = taken[at]!.last + 1n;
    }
    if (start <= last) result.push({ first: start, last });
  }
  return result;
}
