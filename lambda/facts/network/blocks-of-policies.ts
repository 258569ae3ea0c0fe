import { parseBlock, type AddressBlock, type Family } from '../cidr/address-block.ts';
import { FAMILIES, unionOf, type AddressSet, type Interval } from '../cidr/address-set.ts';
import type { Direction, NamespacedPolicy, Peer } from './policy.ts';

export type Block = Extract<Peer, { type: 'block' }>;

/** The block as it is written. Of one without exceptions that is what it means, and no text needs to be read. */
export function extentOf({ cidr, addresses, excepting }: Block): Pick<AddressBlock, 'family' | 'first' | 'last'> | undefined {
  if (excepting) return parseBlock(cidr);
  const family = FAMILIES.find((each) => addresses[each].length > 0);
  return family && { family, ...addresses[family][0]! };
}

/** What policies mean with the blocks of one size and first address. */
interface SameBlock {
  readonly meant: Map<NamespacedPolicy, AddressSet[]>;
  /** Some rule means it whole. */
  isWhole: boolean;
  /** Made when first asked. */
  tree: MeantBySome | undefined;
}

/** Blocks that policies let through in one direction, by size and first address, so that those around an interval are looked up. */
export class BlocksOfPolicies {
  readonly #everybody: readonly NamespacedPolicy[];
  readonly #blocks: { readonly [F in Family]: Map<bigint, Map<bigint, SameBlock>> } = { IPv4: new Map(), IPv6: new Map() };

  constructor(policies: readonly NamespacedPolicy[], direction: Direction) {
    this.#everybody = policies.filter((policy) => policy.rules[direction].some((rule) => rule.everybody));
    for (const policy of policies) for (const { peers } of policy.rules[direction]) for (const peer of peers) if (peer.type === 'block') this.#add(policy, peer);
  }

  #add(policy: NamespacedPolicy, peer: Block): void {
    const extent = extentOf(peer);
    if (!extent) return;
    const bySize = this.#blocks[extent.family];
    const size = extent.last - extent.first + 1n;
    let byFirst = bySize.get(size);
    if (!byFirst) bySize.set(size, (byFirst = new Map()));
    let same = byFirst.get(extent.first);
    if (!same) byFirst.set(extent.first, (same = { meant: new Map(), isWhole: false, tree: undefined }));
    same.isWhole ||= !peer.excepting;
    const meant = same.meant.get(policy);
    if (meant) meant.push(peer.addresses);
    else same.meant.set(policy, [peer.addresses]);
  }

  /** A block is there that is just this, whole. */
  isAllowed(family: Family, { first, last }: Interval): boolean {
    return this.#blocks[family].get(last - first + 1n)?.get(first)?.isWhole ?? false;
  }

  /** Policies with a rule for everybody, or with a wider block around an interval that lets some of it through. Some are said twice. */
  *wider(family: Family, interval: Interval): Iterable<NamespacedPolicy> {
    yield* this.#everybody;
    for (const [size, byFirst] of this.#blocks[family]) {
      const start = interval.first - (interval.first % size);
      if (size <= interval.last - interval.first + 1n || interval.last >= start + size) continue;
      const same = byFirst.get(start);
      if (same) yield* meaning((same.tree ??= treeOf(same, family)), interval);
    }
  }
}

/** Halves of halves of those who mean something: whoever means none of an interval is passed by with all his half. */
interface MeantBySome {
  readonly intervals: readonly Interval[];
  readonly of: NamespacedPolicy | readonly [MeantBySome, MeantBySome];
}

function treeOf({ meant }: SameBlock, family: Family): MeantBySome {
  let level: MeantBySome[] = [...meant].map(([policy, sets]) => ({ intervals: unionOf(sets)[family], of: policy }));
  while (level.length > 1) {
    const next: MeantBySome[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [one, other] = [level[at]!, level[at + 1]];
      next.push(other ? { intervals: both(one, other, family), of: [one, other] } : one);
    }
    level = next;
  }
  return level[0]!;
}

function both(one: MeantBySome, other: MeantBySome, family: Family): readonly Interval[] {
  const none = { IPv4: [], IPv6: [] };
  return unionOf([one, other].map(({ intervals }) => ({ ...none, [family]: intervals })))[family];
}

function* meaning({ intervals, of }: MeantBySome, interval: Interval): Iterable<NamespacedPolicy> {
  if (!meets(intervals, interval)) return;
  if ('source' in of) yield of;
  else for (const half of of) yield* meaning(half, interval);
}

/** Intervals are sorted and do not overlap: the first that ends behind the beginning of this one tells. */
function meets(intervals: readonly Interval[], { first, last }: Interval): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle]!.last < first) low = middle + 1;
    else high = middle;
  }
  return low < intervals.length && intervals[low]!.first <= last;
}
