import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { retryDelay } from '../../../lambda/collect/kubernetes/backoff.ts';
import { TestClock } from './test-clock.ts';

const clock = new TestClock();
const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

test('never waits less than was asked for, nor past a minute and a half second, nor backwards', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.nat({ max: 1_000_000 }), chance, (attempt, seconds, random) => {
      const delay = retryDelay(attempt, String(seconds), clock, () => random);
      expect(delay).toBeGreaterThanOrEqual(Math.min(seconds, 60) * 1_000);
      expect(delay).toBeLessThanOrEqual(60_500);
    }),
  );
});

test('without being asked, waits anything up to a cap that doubles to 20 seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), chance, (attempt, random) => {
      expect(retryDelay(attempt, undefined, clock, () => random)).toBe(random * Math.min(20_000, 500 * 2 ** attempt));
    }),
  );
});

test('takes no nonsense for an answer', () => {
  fc.assert(
    fc.property(fc.string(), chance, (header, random) => {
      const delay = retryDelay(1, header, clock, () => random);
      expect(delay >= 0 && delay <= 60_500).toBe(true);
    }),
  );
});

test('a date in the past is now', () => {
  expect(retryDelay(1, 'Fri, 20 Nov 2026 06:00:00 GMT', clock, () => 0)).toBe(0);
});
