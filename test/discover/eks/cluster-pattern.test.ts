import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitsPattern } from '../../../lambda/discover/eks/cluster-pattern.ts';
import { arn, HUB } from './fleet.ts';

function fits(pattern: string, name: string): boolean {
  return fitsPattern(pattern, { name, arn: arn(HUB, 'eu-west-1', name) });
}

test.each<[string, string, boolean]>([
  ['*', 'shop', true],
  ['shop', 'shop', true],
  ['shop', 'shop-eu', false],
  ['Shop', 'shop', false],
  ['shop-*', 'shop-', true],
  ['*-eu', 'shop-eu-eu', true],
  ['s?op', 'shop', true],
  ['shop?', 'shop', false],
  ['*a*b', 'xaxbxab', true],
  ['*a*b', 'xaxbxa', false],
  ['arn:aws:eks:eu-west-1:*:cluster/shop', 'shop', true],
  ['arn:aws:eks:us-*:*:cluster/shop', 'shop', false],
  ['*:cluster/shop', 'shop', false],
])('%s and %s: %s', (pattern, name, expected) => {
  expect(fits(pattern, name)).toBe(expected);
});

test('means what the regular expression means that one would write for it', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?'), maxLength: 8 });
  fc.assert(fc.property(pattern, letters, (wild, name) => fits(wild, name) === new RegExp(`^${wild.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name)), { numRuns: 2000 });
});

test('takes no longer for a pattern that was made to be slow', () => {
  expect(fits(`${'*a'.repeat(50)}b`, 'a'.repeat(100))).toBe(false);
});
