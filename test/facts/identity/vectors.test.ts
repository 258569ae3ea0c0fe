import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runVectors } from '../../../scripts/vectors/run-vectors.ts';

test('the readers agree with every verdict, those on odd YAML too', async () => {
  const lines: string[] = [];
  const agreed = await runVectors('identity', join(import.meta.dirname, '../../vectors/identity'), (line) => lines.push(line));
  expect(lines.slice(1)).toEqual([
    'aws-auth: 400 passed, 0 failed',
    'caller: 2398 passed, 0 failed',
    'canonical ARN: 2398 passed, 0 failed',
    'irsa: 2115 passed, 0 failed',
    'irsa, who may: 360 passed, 0 failed',
    'pod-identity: 1485 passed, 0 failed',
    'pod-identity, who may: 240 passed, 0 failed',
    'signed token: 25 passed, 0 failed',
    'token: 61 passed, 0 failed',
    '9482 passed, 0 failed',
  ]);
  expect(agreed).toBe(true);
});
