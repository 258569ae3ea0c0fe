import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shortIds } from '../../lambda/notify/short-ids.ts';

test('four digits, more only where they are needed', () => {
  const ids = ['a41f0000', 'a41f1234', '07c20000', 'a41f1299'];
  expect([...shortIds(ids)].sort()).toEqual([
    ['07c20000', '07c2'],
    ['a41f0000', 'a41f0'],
    ['a41f1234', 'a41f123'],
    ['a41f1299', 'a41f129'],
  ]);
});

test('every short id leads to its own id and to no other, and a digit less would not', () => {
  const id = fc.string({ unit: fc.constantFrom('0', '1', 'a'), minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 30 }), (ids) => {
      const distinct = [...new Set(ids)];
      for (const [full, short] of shortIds(ids)) {
        expect(distinct.filter((other) => other.startsWith(short))).toEqual([full]);
        if (short.length > 4) expect(distinct.filter((other) => other.startsWith(short.slice(0, -1))).length).toBeGreaterThan(1);
      }
    }),
  );
});
