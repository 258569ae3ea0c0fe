import { describe, expect, test } from '@jest/globals';
import { counted, dayWords, durationWords, grouped, momentWords, sinceWords } from '../../lambda/model/time-words.ts';

const NOW = '2026-11-21T06:00:00.000Z';

describe('durations in words', () => {
  const cases: readonly (readonly [from: string, words: string])[] = [
    ['2026-11-21T06:00:00.000Z', 'less than a minute'],
    ['2026-11-21T05:59:00.000Z', '1 minute'],
    ['2026-11-21T04:01:00.000Z', '119 minutes'],
    ['2026-11-21T04:00:00.000Z', '2 hours'],
    ['2026-11-20T06:00:00.000Z', '24 hours'],
    ['2026-11-19T06:00:01.000Z', '47 hours'],
    ['2026-11-19T06:00:00.000Z', '2 days'],
    ['2025-11-21T06:00:00.000Z', '365 days'],
    ['2026-11-21T06:05:00.000Z', '5 minutes'],
    ['never', 'an unknown time'],
  ];
  for (const [from, words] of cases) {
    test(`${from}: ${words}`, () => {
      expect(durationWords(from, NOW)).toBe(words);
    });
  }
});

describe('moments in words', () => {
  const cases: readonly (readonly [at: string, words: string])[] = [
    ['2026-11-21T00:00:00.000Z', 'today 00:00 UTC'],
    ['2026-11-20T23:59:59.000Z', 'yesterday 23:59 UTC'],
    ['2026-11-19T23:59:59.000Z', '19 November 2026 23:59 UTC'],
    ['2026-11-22T01:02:00.000Z', '22 November 2026 01:02 UTC'],
    ['2026-11-21T01:00:00.000+02:00', 'yesterday 23:00 UTC'],
    ['', 'an unknown time'],
  ];
  for (const [at, words] of cases) {
    test(`${at || 'nothing'}: ${words}`, () => {
      expect(momentWords(at, NOW)).toBe(words);
    });
  }

  test('since when, and for how long', () => {
    expect(sinceWords('2026-11-20T06:00:00.000Z', NOW)).toBe('since yesterday 06:00 UTC, 24 hours');
  });

  test('a day', () => {
    expect(dayWords('2026-03-01T00:00:00Z')).toBe('1 March 2026');
    expect(dayWords('tomorrow')).toBe('an unknown day');
  });
});

test('numbers', () => {
  expect(grouped(10485760)).toBe('10,485,760');
  expect(grouped(999)).toBe('999');
  expect(counted(1, 'policy', 'policies')).toBe('1 policy');
  expect(counted(1200, 'policy', 'policies')).toBe('1,200 policies');
});
