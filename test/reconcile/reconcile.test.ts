import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { assertInvariants } from './invariants.ts';
import { runOf, told } from './run-of.ts';

describe('from run to run', () => {
  test('a baseline, then only what changed', async () => {
    const store = memoryStore();
    const first = await runOf(store, { assessments: [assessmentOf({ at: at(0), checks: { a: [{ name: 'web' }], b: [] } })] });
    expect(first.seq).toBe(1);
    expect(told(first.changes)).toEqual(['opened (first-look) a web medium']);
    expect(first.before.size).toBe(0);
    const second = await runOf(store, { assessments: [assessmentOf({ at: at(1), checks: { a: [{ name: 'db' }], b: [] } })] });
    expect(told(second.changes).sort()).toEqual(['opened (cluster) a db medium', 'resolved (cluster) a web medium']);
    expect(second.states).toMatchObject([{ seq: 2, observedAt: at(1), firstSeen: at(0), findings: [{ since: at(1) }] }]);
    expect(second.before.get(cluster('test').id)).toEqual(first.states[0]);
    const third = await runOf(store, { assessments: [assessmentOf({ at: at(2), checks: { a: [{ name: 'db' }], b: [] } })] });
    expect(third.changes).toEqual([]);
    await assertInvariants(store);
  });
});
