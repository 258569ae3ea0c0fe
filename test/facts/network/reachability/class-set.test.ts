import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  areEqual,
  classRange,
  classSetOf,
  differenceOf,
  eachClass,
  hasClass,
  hashOf,
  intersectionOf,
  unionOfAll,
  unionOfClasses,
  type ClassSet,
} from '../../../../lambda/facts/network/reachability/class-set.ts';

/** Few words, and words far apart. */
const number = fc.oneof(fc.nat(70), fc.nat(4000));
const numbers = fc.uniqueArray(number, { maxLength: 60 }).map((list) => list.sort((a, b) => a - b));

function numbersIn(set: ClassSet): readonly number[] {
  const found: number[] = [];
  eachClass(set, (each) => found.push(each));
  return found;
}

test('sets are combined as their members are', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const [left, right] = [classSetOf(a), classSetOf(b)];
      expect(numbersIn(left)).toEqual(a);
      expect(numbersIn(unionOfClasses(left, right))).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
      expect(numbersIn(intersectionOf(left, right))).toEqual(a.filter((each) => b.includes(each)));
      expect(numbersIn(differenceOf(left, right))).toEqual(a.filter((each) => !b.includes(each)));
      for (const each of b) expect(hasClass(left, each)).toBe(a.includes(each));
    }),
  );
});

test('equal sets are equal whatever they were made of, and hash alike', () => {
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 5 }), (lists) => {
      const one = unionOfAll(lists.map(classSetOf));
      const other = classSetOf([...new Set(lists.flat())].sort((x, y) => x - y));
      expect(areEqual(one, other)).toBe(true);
      expect(hashOf(one)).toBe(hashOf(other));
    }),
  );
});

test('a range is all numbers from the first up to the end', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), (first, length) => {
      expect(numbersIn(classRange(first, first + length))).toEqual(Array.from({ length }, (_, i) => first + i));
    }),
  );
});
