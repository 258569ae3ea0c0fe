import { FAMILIES } from '../cidr/address-set.ts';
import type { Family } from '../cidr/address-block.ts';
import type { Peer } from './policy.ts';

export interface Extent {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** From the first to the last address that a block means; undefined: it means none. */
export function extentOf({ addresses }: Extract<Peer, { type: 'block' }>): Extent | undefined {
  const family = FAMILIES.find((each) => addresses[each].length > 0);
  return family && { family, first: addresses[family][0]!.first, last: addresses[family].at(-1)!.last };
}
