import { parseBlock, type AddressBlock, type Family } from '../cidr/address-block.ts';
import { difference, FAMILIES, intersection, isEmpty, type AddressSet, type Interval } from '../cidr/address-set.ts';
import type { Selector } from './label-selector.ts';
import { DIRECTIONS, type Direction, type NamespacedPolicy, type Peer } from './policy.ts';
import { RULE_TRAITS } from './rule-traits.ts';

type Block = Extract<Peer, { type: 'block' }>;

/** A policy whose exceptions, taken for denials, cut what other rules for the same pods let through. */
export interface LeakingException {
  readonly policy: NamespacedPolicy;
  readonly direction: Direction;
  /** Blocks that have the exceptions, as written, sorted. */
  readonly cidrs: readonly string[];
  /** Policies whose rules are cut, in the order given. */
  readonly cut: readonly NamespacedPolicy[];
}

/**
 * Exceptions that lie in a wider block of another rule for the same pods, or in a rule for everybody, and that no rule allows by itself. The same pods are those of policies with one selector, and
 * of those for all pods beside them. An address finds the narrowest block that holds it, so that narrower ones are let through. Exceptions that adjoin count as one. In the order given.
 */
export function leakingExceptions(policies: readonly NamespacedPolicy[]): readonly LeakingException[] {
  const excepting = policies.filter((policy) => DIRECTIONS.some((direction) => hasExceptions(policy, direction)));
  if (excepting.length === 0) return [];
  const byNamespace = Map.groupBy(policies, ({ resource }) => resource.namespace);
  return [...Map.groupBy(excepting, ({ resource }) => resource.namespace)].flatMap(([namespace, own]) =>
    DIRECTIONS.flatMap((direction) => {
      const inDirection = own.filter((policy) => hasExceptions(policy, direction));
      if (inDirection.length === 0) return [];
      const blocks = new BlocksOfPods(byNamespace.get(namespace)!, direction);
      return inDirection.flatMap((policy) => leakOf(policy, direction, blocks) ?? []);
    }),
  );
}

function hasExceptions({ traits }: NamespacedPolicy, direction: Direction): boolean {
  return (traits[direction] & RULE_TRAITS.exceptingBlock) !== 0;
}

function isExcepting(peer: Peer): peer is Block {
  return peer.type === 'block' && peer.excepting;
}

function leakOf(policy: NamespacedPolicy, direction: Direction, blocks: BlocksOfPods): LeakingException | undefined {
  const cidrs = new Set<string>();
  const cut = new Set<NamespacedPolicy>();
  for (const { peers } of policy.rules[direction]) {
    for (const peer of peers.filter(isExcepting)) {
      const exceptions = exceptionsOf(peer);
      for (const family of FAMILIES) {
        for (const exception of exceptions[family]) {
          const wider = blocks.cutBy(policy, family, exception);
          for (const each of wider) cut.add(each);
          if (wider.length > 0) cidrs.add(peer.cidr);
        }
      }
    }
  }
  return cut.size === 0 ? undefined : { policy, direction, cidrs: [...cidrs].sort(), cut: blocks.inOrder(cut) };
}

/** The block as it is written. Of one without exceptions that is what it means, and no text needs to be read. */
function extentOf({ cidr, addresses, excepting }: Block): Pick<AddressBlock, 'family' | 'first' | 'last'> | undefined {
  if (excepting) return parseBlock(cidr);
  const family = FAMILIES.find((each) => addresses[each].length > 0);
  return family && { family, ...addresses[family][0]! };
}

/** What is in the block as it is written, and not meant. */
function exceptionsOf(block: Block): AddressSet {
  const extent = extentOf(block);
  if (!extent) return block.addresses;
  const { family, first, last } = extent;
  return difference({ IPv4: [], IPv6: [], [family]: [{ first, last }] }, block.addresses);
}

/** Equal selectors of one snapshot are one object. */
type SelectorKey = Selector | typeof EVERYTHING;
const EVERYTHING = 'everything';

function keyOf(selector: Selector): SelectorKey {
  return selector.everything ? EVERYTHING : selector;
}

/** What the policies of one namespace let through by address, by the pods that they are for. */
class BlocksOfPods {
  readonly #policies: readonly NamespacedPolicy[];
  readonly #direction: Direction;
  readonly #bySelector: ReadonlyMap<SelectorKey, readonly NamespacedPolicy[]>;
  /** By selector, and of all of them under none; made when first asked. */
  readonly #indexes = new Map<SelectorKey | undefined, BlockIndex>();

  constructor(policies: readonly NamespacedPolicy[], direction: Direction) {
    this.#policies = policies;
    this.#direction = direction;
    this.#bySelector = Map.groupBy(policies, ({ selector }) => keyOf(selector));
  }

  #of(selector: SelectorKey | undefined): BlockIndex {
    let index = this.#indexes.get(selector);
    if (!index) this.#indexes.set(selector, (index = new BlockIndex(selector === undefined ? this.#policies : (this.#bySelector.get(selector) ?? []), this.#direction)));
    return index;
  }

  /** Policies that let some of an exception of this one through, where the exception is not allowed by itself. */
  cutBy({ selector }: NamespacedPolicy, family: Family, exception: Interval): readonly NamespacedPolicy[] {
    const own = keyOf(selector);
    const allowedFor = (key: SelectorKey): boolean => this.#of(key).isAllowed(family, exception);
    if (allowedFor(EVERYTHING) || allowedFor(own)) return [];
    if (own === EVERYTHING) return this.#of(undefined).wider(family, exception).filter((other) => !allowedFor(keyOf(other.selector)));
    return [own, EVERYTHING].flatMap((key) => this.#of(key as SelectorKey).wider(family, exception));
  }

  inOrder(set: ReadonlySet<NamespacedPolicy>): readonly NamespacedPolicy[] {
    return this.#policies.filter((policy) => set.has(policy));
  }
}

interface PlacedBlock {
  readonly policy: NamespacedPolicy;
  readonly peer: Block;
}

/** Blocks by size and first address, so that those around an exception are looked up. */
class BlockIndex {
  readonly #everybody: readonly NamespacedPolicy[];
  readonly #blocks: { readonly [F in Family]: Map<bigint, Map<bigint, PlacedBlock[]>> } = { IPv4: new Map(), IPv6: new Map() };

  constructor(policies: readonly NamespacedPolicy[], direction: Direction) {
    this.#everybody = policies.filter((policy) => policy.rules[direction].some((rule) => rule.everybody));
    for (const policy of policies) for (const { peers } of policy.rules[direction]) for (const peer of peers) if (peer.type === 'block') this.#add({ policy, peer });
  }

  #add(block: PlacedBlock): void {
    const extent = extentOf(block.peer);
    if (!extent) return;
    const bySize = this.#blocks[extent.family];
    const size = extent.last - extent.first + 1n;
    let byFirst = bySize.get(size);
    if (!byFirst) bySize.set(size, (byFirst = new Map()));
    const alike = byFirst.get(extent.first);
    if (alike) alike.push(block);
    else byFirst.set(extent.first, [block]);
  }

  /** A block is there that is just this, whole. */
  isAllowed(family: Family, { first, last }: Interval): boolean {
    return this.#blocks[family].get(last - first + 1n)?.get(first)?.some(({ peer }) => !peer.excepting) ?? false;
  }

  /** Policies with a wider block around it that lets some of it through, or with a rule for everybody. */
  wider(family: Family, exception: Interval): readonly NamespacedPolicy[] {
    const { first, last } = exception;
    const asked = { IPv4: [], IPv6: [], [family]: [exception] };
    const found = [...this.#everybody];
    for (const [size, byFirst] of this.#blocks[family]) {
      const start = first - (first % size);
      if (size <= last - first + 1n || last >= start + size) continue;
      for (const { policy, peer } of byFirst.get(start) ?? []) if (!isEmpty(intersection(peer.addresses, asked))) found.push(policy);
    }
    return found;
  }
}
