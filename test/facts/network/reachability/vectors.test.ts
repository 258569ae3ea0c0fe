import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runVectors } from '../../../../scripts/vectors/run-vectors.ts';

test('every packet of every cluster is let through or not as the documents of the API say, under either convention', async () => {
  const lines: string[] = [];
  const agreed = await runVectors('network', join(import.meta.dirname, '../../../vectors/network'), (line) => lines.push(line));
  expect({ agreed, lines }).toEqual({
    agreed: true,
    lines: [
      'np: 23759 passed, 0 failed',
      'np, no ipBlock on pods: 262 passed, 0 failed',
      'tiers: 16555 passed, 0 failed',
      'tiers, Baseline shut out: 39 passed, 0 failed',
      'tiers, no ipBlock on pods: 29 passed, 0 failed',
      '40644 passed, 0 failed',
    ],
  });
}, 60_000);
