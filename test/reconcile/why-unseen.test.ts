import { expect, test } from '@jest/globals';
import { whyUnseen } from '../../lambda/reconcile/sight.ts';
import type { RefusalCode } from '../../lambda/model/collected.ts';
import type { SourceName } from '../../lambda/model/sources.ts';

const unread = (source: SourceName, code: RefusalCode, message: string) => ({ source, reason: { code, message } });
const DOWN = 'nothing listens at 10.0.0.1 (connection refused)';

test('checks that need different sources of a cluster that cannot be reached are out of sight for the same reason', () => {
  const one = whyUnseen({ unread: [unread('pods', 'unreachable', DOWN)], reason: `pods: ${DOWN}` });
  const many = whyUnseen({ unread: [unread('roles', 'unreachable', DOWN), unread('nodes', 'unreachable', DOWN)], reason: `roles: ${DOWN}; nodes: ${DOWN}` });
  expect([one, many]).toEqual([DOWN, DOWN]);
});

test('a refusal of one source names it, and different refusals are told apart', () => {
  expect(whyUnseen({ unread: [unread('pods', 'forbidden', 'may not list pods')] })).toBe('pods: may not list pods');
  expect(whyUnseen({ unread: [unread('pods', 'forbidden', 'no'), unread('nodes', 'timeout', DOWN)] })).toBe(`pods: no; nodes: ${DOWN}`);
});

test('a check that was not evaluated for another reason says that', () => {
  expect(whyUnseen({ unread: [], reason: 'it failed' })).toBe('it failed');
});
