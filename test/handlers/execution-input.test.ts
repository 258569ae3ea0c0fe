import { describe, expect, test } from '@jest/globals';
import { executionInput } from '../../lambda/handlers/execution-input.ts';
import { runOf } from '../../lambda/handlers/run-id.ts';
import { ulidTime } from '../../lambda/storage/ulid.ts';

const SHOP = 'arn:aws:eks:eu-west-1:111122223333:cluster/shop';

describe('the input of an execution', () => {
  test.each([
    [{}, { trigger: 'manual' }],
    [{ trigger: 'schedule' }, { trigger: 'schedule' }],
    [{ trigger: 'event', clusters: [SHOP, SHOP] }, { trigger: 'event', clusters: [SHOP] }],
  ])('%j is %j', (input, expected) => {
    expect(executionInput(input)).toEqual(expected);
  });

  test.each([
    [null, 'it must be an object, not null'],
    [[], 'it must be an object, not []'],
    ['all', 'it must be an object, not "all"'],
    [{ cluster: SHOP }, 'it may have "trigger" and "clusters" and nothing else, not "cluster"'],
    [{ trigger: 'cron' }, '"trigger" must be one of manual, schedule, event, not "cron"'],
    [{ clusters: [] }, '"clusters" must be a list of ARNs with at least one; leave it away to look at all, not []'],
    [{ clusters: SHOP }, `"clusters" must be a list of ARNs with at least one; leave it away to look at all, not "${SHOP}"`],
    [{ clusters: ['shop'] }, '"clusters" must hold ARNs of EKS clusters, not "shop"'],
    [{ clusters: [7] }, '"clusters" must hold ARNs of EKS clusters, not 7'],
  ])('%j is refused in words', (input, words) => {
    expect(() => executionInput(input)).toThrow(new Error(`input of the execution: ${words}`));
  });
});

describe('the run of an execution', () => {
  const execution = 'arn:aws:states:eu-west-1:111122223333:execution:Runs:one';

  test('is the same whenever it is asked for, and of its start', () => {
    const run = runOf(execution, '2026-11-21T06:00:00.123Z');
    expect(runOf(execution, '2026-11-21T06:00:00.123Z')).toBe(run);
    expect(ulidTime(run).toISOString()).toBe('2026-11-21T06:00:00.123Z');
  });

  test('is another for another execution of the same moment', () => {
    expect(runOf(`${execution}2`, '2026-11-21T06:00:00.123Z')).not.toBe(runOf(execution, '2026-11-21T06:00:00.123Z'));
  });

  test('needs a date', () => {
    expect(() => runOf(execution, 'today')).toThrow('"today" is not a date');
  });
});
