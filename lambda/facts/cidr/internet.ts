import { countOf, difference, FAMILIES, intersection, ratio, setOfCidrs, shareOf, type AddressSet } from './address-set.ts';
import type { Family } from './address-block.ts';

/** Blocks that are never a source on the public Internet: IANA's special-purpose registries (RFC 6890), and multicast. */
const NOT_PUBLIC_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** All that IANA has given out as global unicast. */
const PUBLIC_IPV6 = ['2000::/3'];
const NOT_PUBLIC_IPV6 = ['2001:db8::/32', '3fff::/20'];

const ALL_IPV4 = setOfCidrs(['0.0.0.0/0']).set;

/** Addresses that somebody on the Internet may have. */
export const PUBLIC_ADDRESSES: AddressSet = {
  IPv4: difference(ALL_IPV4, setOfCidrs(NOT_PUBLIC_IPV4).set).IPv4,
  IPv6: difference(setOfCidrs(PUBLIC_IPV6).set, setOfCidrs(NOT_PUBLIC_IPV6).set).IPv6,
};

const PUBLIC_COUNTS: { readonly [F in Family]: bigint } = { IPv4: countOf(PUBLIC_ADDRESSES, 'IPv4'), IPv6: countOf(PUBLIC_ADDRESSES, 'IPv6') };

/** Addresses of private networks (RFC 1918, RFC 6598 and unique local IPv6): packets from the Internet never carry them as their source. */
export const PRIVATE_ADDRESSES: AddressSet = setOfCidrs(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']).set;

/** Share of a family's public addresses, from 0 to 1; 1 only for all of them. */
export function publicShareOf(set: AddressSet, family: Family): number {
  return ratio(countOf(intersection(PUBLIC_ADDRESSES, set), family), PUBLIC_COUNTS[family]);
}

/**
 * The families in which a set is as good as the Internet: at least half of all addresses (a /1 or the union of smaller blocks), or at
 * least half of the public ones (2000::/3 is an eighth of IPv6 and all of its Internet). Who can rent machines anywhere gets an address in half of it.
 */
export function internetFamilies(set: AddressSet): readonly Family[] {
  return FAMILIES.filter((family) => {
    // Most sets are small, and this many addresses could not be half of anything.
    if (countOf(set, family) * 2n < PUBLIC_COUNTS[family]) return false;
    return shareOf(set, family) >= 0.5 || publicShareOf(set, family) >= 0.5;
  });
}
