import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runVectors } from '../../../../scripts/vectors/run-vectors.ts';

test('the engine agrees with every verdict of Kubernetes', async () => {
  const lines: string[] = [];
  const agreed = await runVectors('rbac', join(import.meta.dirname, '../../../vectors/rbac'), (line) => lines.push(line));
  // Default objects have no verdicts: `bootstrap-objects.test.ts` puts them through the checks.
  expect(lines.filter((line) => !line.startsWith('no verdicts in '))).toEqual([
    'check: 20000 passed, 0 failed',
    'covers: 2400 passed, 0 failed',
    'escalation: 720 passed, 0 failed',
    'impersonation: 480 passed, 0 failed',
    'rbac: 164 passed, 0 failed',
    'rulesFor: 800 passed, 0 failed',
    'whoCan: 2400 passed, 0 failed',
    '26964 passed, 0 failed',
  ]);
  expect(agreed).toBe(true);
});
