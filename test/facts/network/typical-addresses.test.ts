import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { setOfCidrs } from '../../../lambda/facts/cidr/address-set.ts';
import { cutAddresses } from '../../../lambda/facts/network/reachability/address-atoms.ts';
import { typicalAddresses } from '../../../lambda/facts/network/typical-addresses.ts';

const part = fc.constantFrom('0', '1', '9', '10', '64', '199', '200', '255', '256', '007', '1000', '', 'a', '-1');
const address = fc.oneof(fc.tuple(fc.constant('10'), fc.constantFrom('0', '1'), fc.constantFrom('0', '7'), part).map((parts) => parts.join('.')), fc.constantFrom('', '.', '7', '.7', 'fd00::1', 'fd00::10.0.0.7', '10.0.0', 'no address'));
const block = fc.constantFrom('10.0.0.0/16', '10.1.0.0/25', '10.1.0.128/25', '10.0.7.64/26', '10.0.0.0/8', 'fd00::/64');

test('addresses are counted by the piece in which they lie, however they are looked up', () => {
  fc.assert(
    fc.property(fc.array(address, { maxLength: 60 }), fc.uniqueArray(block), (addresses, cidrs) => {
      const blocks = cidrs.map((cidr) => setOfCidrs([cidr]).set);
      const atoms = cutAddresses(blocks);
      const pieces = new Map<string, { readonly address: string; pods: number; readonly family: string; readonly atom: number }>();
      for (const each of addresses) {
        const at = atoms.of(each);
        if (!at) continue;
        const key = `${at.family} ${at.atom}`;
        const known = pieces.get(key);
        if (known) known.pods += 1;
        else pieces.set(key, { address: each, pods: 1, ...at });
      }
      const expected = ['IPv4', 'IPv6'].flatMap((family) => {
        const own = [...pieces.values()].filter((piece) => piece.family === family).sort((a, b) => a.atom - b.atom);
        const all = own.reduce((sum, { pods }) => sum + pods, 0);
        return own.filter(({ pods }) => pods * 16 >= all).map((piece) => piece.address);
      });
      expect(typicalAddresses(addresses.map((podIP) => ({ status: { podIP } })), blocks)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});
