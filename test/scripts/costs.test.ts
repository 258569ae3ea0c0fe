import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { costTable, monthlyCost } from '../../scripts/costs.ts';

test('the README says what the formula says', () => {
  expect(readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')).toContain(costTable());
});

test('what is paid for each cluster grows with their number, and nothing else does', () => {
  const [ten, hundred] = [monthlyCost(10), monthlyCost(100)];
  // 90 clusters, 30 runs, 4 transitions at 0.025 a thousand.
  expect(hundred.workflow - ten.workflow).toBeCloseTo(0.27, 10);
  expect(monthlyCost(0).total).toBeLessThan(6);
});
