import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applicationsOf, areOneApplication } from '../../../lambda/facts/workloads/application.ts';

const INSTANCE = 'app.kubernetes.io/instance';
const NAME = 'app.kubernetes.io/name';

test('a release is said before a name, and what is no text says nothing', () => {
  expect(applicationsOf({ [INSTANCE]: 'a', [NAME]: 'nginx', app: 'web' })).toEqual([`${INSTANCE}=a`]);
  expect(applicationsOf({ [NAME]: 'nginx', app: 'web' })).toEqual([`${NAME}=nginx`, 'app=web']);
  expect(applicationsOf({ [INSTANCE]: '', [NAME]: 3, app: ['web'], 'k8s-app': null })).toEqual([]);
  expect(applicationsOf(Object.create({ [INSTANCE]: 'a' }) as Record<string, unknown>)).toEqual([]);
});

test('nothing and one thing are one application; two things without a name are not', () => {
  expect([areOneApplication([]), areOneApplication([[]]), areOneApplication([[], []]), areOneApplication([['a'], []]), areOneApplication([['a'], ['b', 'a']])]).toEqual([true, true, false, false, true]);
});

const things = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { maxLength: 3 }), { maxLength: 5 });

test('it is the same in any order, and one thing more never makes one of several', () => {
  fc.assert(
    fc.property(things, fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { maxLength: 3 }), (some, another) => {
      const one = areOneApplication(some);
      expect(areOneApplication([...some].reverse())).toBe(one);
      expect(one).toBe(some.length < 2 || ['a', 'b', 'c', '__proto__'].some((name) => some.every((names) => (names as string[]).includes(name))));
      if (!one) expect(areOneApplication([...some, another])).toBe(false);
    }),
  );
});
