import { expect, test } from '@jest/globals';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { checksTable } from '../../../lambda/report/terminal/checks-table.ts';

test('by area, the most severe first', () => {
  const checks = [
    { id: 'b-low', title: 'A little thing', severity: 'low', area: 'rbac' },
    { id: 'a-pod', title: 'A pod takes over its node', severity: 'critical', area: 'workload' },
    { id: 'b-high', title: 'A big thing', severity: 'high', area: 'rbac' },
  ] as const;
  expect(checksTable(checks, { width: 60, colour: false })).toBe(`Rights (RBAC)
high      A big thing                                 b-high
low       A little thing                               b-low

Workloads
critical  A pod takes over its node                    a-pod

3 checks. What one means and what to do: eksaminer explain
ID
`);
});

test('every registered check is in it', () => {
  const text = checksTable(CHECKS, { width: 120, colour: false });
  for (const { id } of CHECKS) expect(text).toMatch(new RegExp(` ${id}$`, 'm'));
});
