import { difference, FAMILIES, type AddressSet, type Interval } from '../cidr/address-set.ts';
import type { Family } from '../cidr/address-block.ts';
import { BlocksOfPolicies, extentOf, type Block } from './blocks-of-policies.ts';
import { EVERYTHING, type Selector } from './label-selector.ts';
import { DIRECTIONS, type Direction, type NamespacedPolicy, type Peer } from './policy.ts';
import { RULE_TRAITS } from './rule-traits.ts';

/** A policy whose exceptions, taken for denials, cut what other rules for the same pods let through. */
export interface LeakingException {
  readonly policy: NamespacedPolicy;
  readonly direction: Direction;
  /** Blocks that have the exceptions, as written, sorted. */
  readonly cidrs: readonly string[];
  /** Policies whose rules are cut, in the order given: some of them where they are many. */
  readonly cut: readonly NamespacedPolicy[];
  readonly more: boolean;
}

/** Each of ten thousand policies may cut all the others: so many are named. */
const MOST_NAMED = 20;

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
  if (cut.size === 0) return undefined;
  const named = blocks.inOrder(cut);
  return { policy, direction, cidrs: [...cidrs].sort(), cut: named.slice(0, MOST_NAMED), more: named.length > MOST_NAMED };
}

/** What is in the block as it is written, and not meant. */
function exceptionsOf(block: Block): AddressSet {
  const extent = extentOf(block);
  if (!extent) return block.addresses;
  const { family, first, last } = extent;
  return difference({ IPv4: [], IPv6: [], [family]: [{ first, last }] }, block.addresses);
}

/** What the policies of one namespace let through by address, by the pods that they are for. */
class BlocksOfPods {
  readonly #policies: readonly NamespacedPolicy[];
  readonly #places: ReadonlyMap<NamespacedPolicy, number>;
  readonly #direction: Direction;
  readonly #bySelector: ReadonlyMap<Selector, readonly NamespacedPolicy[]>;
  /** By selector, and of all of them under none; made when first asked. */
  readonly #indexes = new Map<Selector | undefined, BlocksOfPolicies>();
  /** By selector and exception. */
  readonly #cut = new Map<Selector, Map<string, readonly NamespacedPolicy[]>>();

  constructor(policies: readonly NamespacedPolicy[], direction: Direction) {
    this.#policies = policies;
    this.#places = new Map(policies.map((policy, place) => [policy, place]));
    this.#direction = direction;
    this.#bySelector = Map.groupBy(policies, ({ selector }) => selector);
  }

  #of(selector: Selector | undefined): BlocksOfPolicies {
    let index = this.#indexes.get(selector);
    if (!index) this.#indexes.set(selector, (index = new BlocksOfPolicies(selector === undefined ? this.#policies : (this.#bySelector.get(selector) ?? []), this.#direction)));
    return index;
  }

  /** Policies that let some of an exception of this one through, where the exception is not allowed by itself; of many one more than are named. */
  cutBy({ selector }: NamespacedPolicy, family: Family, exception: Interval): readonly NamespacedPolicy[] {
    let known = this.#cut.get(selector);
    if (!known) this.#cut.set(selector, (known = new Map()));
    const text = `${family} ${exception.first}-${exception.last}`;
    let cut = known.get(text);
    if (!cut) known.set(text, (cut = this.#findCut(selector, family, exception)));
    return cut;
  }

  #findCut(own: Selector, family: Family, exception: Interval): readonly NamespacedPolicy[] {
    const allowedFor = (key: Selector): boolean => this.#of(key).isAllowed(family, exception);
    if (allowedFor(EVERYTHING) || allowedFor(own)) return [];
    const found = new Set<NamespacedPolicy>();
    for (const key of own === EVERYTHING ? [undefined] : [own, EVERYTHING]) {
      for (const other of this.#of(key).wider(family, exception)) {
        if (own === EVERYTHING && allowedFor(other.selector)) continue;
        found.add(other);
        if (found.size > MOST_NAMED) return [...found];
      }
    }
    return [...found];
  }

  inOrder(some: ReadonlySet<NamespacedPolicy>): readonly NamespacedPolicy[] {
    return [...some].sort((a, b) => this.#places.get(a)! - this.#places.get(b)!);
  }
}
