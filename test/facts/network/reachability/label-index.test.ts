import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileSelector } from '../../../../lambda/facts/network/label-selector.ts';
import { classRange, eachClass } from '../../../../lambda/facts/network/reachability/class-set.ts';
import { indexLabels } from '../../../../lambda/facts/network/reachability/label-index.ts';

const key = fc.constantFrom('app', 'tier', '__proto__', 'toString');
const value = fc.constantFrom('', 'a', 'b', '__proto__');
/** As JSON gives them: `__proto__` is a key like any other. */
const labels = fc.array(fc.tuple(key, value), { maxLength: 3 }).map((pairs) => JSON.parse(`{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()}}`) as Record<string, string>);
const selector = fc.record(
  {
    matchLabels: labels,
    matchExpressions: fc.array(fc.record({ key, operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Odd'), values: fc.array(value, { maxLength: 2 }) }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

test('the index selects what the selector matches when each is asked', () => {
  fc.assert(
    fc.property(fc.array(labels, { maxLength: 12 }), selector, fc.nat(5), (all, written, first) => {
      const compiled = compileSelector(written);
      const index = indexLabels(all, new Set(compiled.requirements.map((requirement) => requirement.key)));
      const found: number[] = [];
      eachClass(index.select(compiled, classRange(first, all.length)), (number) => found.push(number));
      expect(found).toEqual([...all.keys()].filter((number) => number >= first && compiled.matches(all[number]!)));
    }),
    { numRuns: 500 },
  );
});
