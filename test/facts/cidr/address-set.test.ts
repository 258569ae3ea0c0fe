import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ADDRESS_BITS, parseAddress, parseBlock } from '../../../lambda/facts/cidr/address-block.ts';
import {
  countOf,
  difference,
  includesAddress,
  intersection,
  isEmpty,
  setOfCidrs,
  shareOf,
  union,
  type AddressSet,
} from '../../../lambda/facts/cidr/address-set.ts';
import { internetFamilies, publicShareOf } from '../../../lambda/facts/cidr/internet.ts';

function ipv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

function ipv6(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}

const v4Address = fc.integer({ min: 0, max: 0xffffffff }).map(ipv4);
const v6Address = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }).map(ipv6);
/** Long and short prefixes around few places, so that blocks often overlap, touch and nest. */
const v4Cidr = fc.tuple(fc.constantFrom('0.0.0.0', '128.0.0.0', '10.0.0.0', '10.0.1.0', '10.0.1.77', '255.255.255.255'), fc.integer({ min: 0, max: 32 })).map(([a, p]) => `${a}/${p}`);
const v6Cidr = fc.tuple(fc.constantFrom('::', '8000::', '2001:db8::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'), fc.integer({ min: 0, max: 128 })).map(([a, p]) => `${a}/${p}`);
const cidrs = fc.array(fc.oneof(v4Cidr, v6Cidr, v4Address.map((a) => `${a}/32`)), { maxLength: 8 });
const sets = cidrs.map((list) => setOfCidrs(list).set);
const address = fc.oneof(v4Address, v6Address, fc.constantFrom('10.0.1.77', '10.0.0.255', '127.255.255.255', '128.0.0.0', '::', '2001:db8::1'));

/** Membership by the definition of a block, one at a time. */
function inSome(list: readonly string[], text: string): boolean {
  const { family, value } = parseAddress(text)!;
  return list.some((cidr) => {
    const [network, prefix] = cidr.split('/');
    const net = parseAddress(network!)!;
    const shift = BigInt(ADDRESS_BITS[family] - Number(prefix));
    return net.family === family && net.value >> shift === value >> shift;
  });
}

function canonical(set: AddressSet): boolean {
  return (['IPv4', 'IPv6'] as const).every((family) => set[family].every(({ first, last }, at) => first <= last && (at === 0 || set[family][at - 1]!.last + 1n < first)));
}

describe('sets of addresses', () => {
  test('the union of blocks holds exactly what some block holds', () => {
    fc.assert(fc.property(cidrs, address, (list, text) => includesAddress(setOfCidrs(list).set, text) === inSome(list, text)));
  });

  test('order and repetition do not matter, and equal sets look alike', () => {
    fc.assert(
      fc.property(cidrs, (list) => {
        const { set } = setOfCidrs(list);
        expect(setOfCidrs([...list].reverse().concat(list)).set).toEqual(set);
        expect(canonical(set)).toBe(true);
      }),
    );
  });

  test('a block is the union of its halves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 31 }), (value, prefix) => {
        const { set } = setOfCidrs([`${ipv4(value)}/${prefix}`]);
        const low = Number(set.IPv4[0]!.first);
        const high = low + 2 ** (31 - prefix);
        expect(setOfCidrs([`${ipv4(high)}/${prefix + 1}`, `${ipv4(low)}/${prefix + 1}`]).set).toEqual(set);
      }),
    );
  });

  test('difference, union and intersection follow membership, count by count', () => {
    fc.assert(
      fc.property(sets, sets, address, (a, b, text) => {
        const inA = includesAddress(a, text);
        const inB = includesAddress(b, text);
        expect(includesAddress(union(a, b), text)).toBe(inA || inB);
        expect(includesAddress(difference(a, b), text)).toBe(inA && !inB);
        expect(includesAddress(intersection(a, b), text)).toBe(inA && inB);
        for (const set of [union(a, b), difference(a, b), intersection(a, b)]) expect(canonical(set)).toBe(true);
        for (const family of ['IPv4', 'IPv6'] as const) {
          expect(countOf(a, family) + countOf(b, family)).toBe(countOf(union(a, b), family) + countOf(intersection(a, b), family));
        }
        expect(isEmpty(difference(a, a))).toBe(true);
        expect(union(a, setOfCidrs([]).set)).toEqual(a);
      }),
    );
  });
});

describe('blocks', () => {
  test.each(['', '10.0.0.0', '10.0.0.0/33', '10.0.0/8', '010.0.0.0/8', '0x0a.0.0.0/8', '10.0.0.0/08', '10.0.0.0/-1', '10.0.0.0/8 ', '::/129', 'fe80::1%eth0/64', '1/2/3', '10.0.0.256/32', ':::/0'])(
    'refuses %j',
    (text) => {
      expect(parseBlock(text)).toBeUndefined();
      expect(setOfCidrs(['192.0.2.0/24', text])).toEqual({ set: setOfCidrs(['192.0.2.0/24']).set, malformed: [text] });
    },
  );

  test('names what is no text at all as malformed', () => {
    expect(setOfCidrs([null, 8, undefined, { cidr: 'x' }]).malformed).toEqual(['null', '8', 'undefined', '{"cidr":"x"}']);
  });

  test('ignores the bits after the prefix', () => {
    expect(parseBlock('10.9.8.7/8')).toEqual({ family: 'IPv4', prefix: 8, first: 0x0a000000n, last: 0x0affffffn });
  });
});

describe('the Internet', () => {
  const open = (...list: string[]) => internetFamilies(setOfCidrs(list).set);

  test('is everywhere, in one block or in several', () => {
    expect(open('0.0.0.0/0')).toEqual(['IPv4']);
    expect(open('::/0')).toEqual(['IPv6']);
    expect(open('0.0.0.0/1', '128.0.0.0/1')).toEqual(['IPv4']);
    expect(open('0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2', '::/0')).toEqual(['IPv4', 'IPv6']);
    expect(open('2000::/3')).toEqual(['IPv6']);
  });

  test('is half of it too, and nothing less', () => {
    expect(open('0.0.0.0/1')).toEqual(['IPv4']);
    expect(open('128.0.0.0/1')).toEqual(['IPv4']);
    expect(open('2000::/4')).toEqual(['IPv6']);
    expect(open('0.0.0.0/2', '128.0.0.0/3')).toEqual([]);
    expect(open('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7')).toEqual([]);
    expect(open('198.51.100.7/32', '2001:db8::/32')).toEqual([]);
    expect(open()).toEqual([]);
  });

  test('shares are exact at their ends', () => {
    expect(shareOf(setOfCidrs(['0.0.0.0/0']).set, 'IPv4')).toBe(1);
    expect(shareOf(setOfCidrs(['0.0.0.0/1', '128.0.0.0/2']).set, 'IPv4')).toBe(0.75);
    expect(publicShareOf(setOfCidrs(['10.0.0.0/8']).set, 'IPv4')).toBe(0);
    expect(publicShareOf(difference(setOfCidrs(['0.0.0.0/0']).set, setOfCidrs(['8.8.8.8/32']).set), 'IPv4')).toBeLessThan(1);
    expect(publicShareOf(difference(setOfCidrs(['0.0.0.0/0']).set, setOfCidrs(['10.0.0.0/8']).set), 'IPv4')).toBe(1);
  });
});
