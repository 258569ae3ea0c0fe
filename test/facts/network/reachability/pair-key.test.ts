import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pairKey } from '../../../../lambda/facts/network/reachability/pair-key.ts';

/** About where small ones end, where a small integer's sign changes, and up to the largest. */
const number = fc.oneof(fc.nat(3), fc.integer({ min: 0x7ffe, max: 0x8001 }), fc.integer({ min: 0xfffe, max: 0x10001 }), fc.nat(2 ** 26 - 1), fc.constant(2 ** 26 - 1));

test('no two pairs have one key', () => {
  fc.assert(
    fc.property(number, number, number, number, (a, b, c, d) => {
      expect(pairKey(a, b) === pairKey(c, d)).toBe(a === c && b === d);
      expect(Number.isSafeInteger(pairKey(a, b))).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});
