import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ConflictError } from '../../lambda/storage/object-store.ts';
import { KilledError, memoryStore, type Interference } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster, type GivenAssessment } from './assessment-of.ts';
import { assertInvariants, sealsOf } from './invariants.ts';
import { beginRun, finish, runOf } from './run-of.ts';

/** Milliseconds, on a machine that does other things too. */
const PATIENCE = 60_000;
const NAMES = ['a', 'b'];

/** A look at one or both clusters at some minute, some findings in it, perhaps something unread. */
const look = fc.record({
  minute: fc.integer({ min: 1, max: 9 }),
  clusters: fc.subarray(NAMES, { minLength: 1 }),
  findings: fc.subarray(['one', 'two', 'three']),
  unread: fc.boolean(),
});
type Look = typeof look extends fc.Arbitrary<infer T> ? T : never;

function assessments({ minute, clusters, findings, unread }: Look) {
  const checks: GivenAssessment['checks'] = { x: { findings: findings.map((name) => ({ name })), unread: unread ? ['deployments'] : [] }, y: [] };
  return clusters.map((name) => assessmentOf({ cluster: cluster(name), at: at(minute), checks }));
}

/** Each reconcile may die at a step, or get a wrong answer to some puts. */
const fate = fc.record({ diesAt: fc.option(fc.integer({ min: 0, max: 60 }), { nil: Infinity }), doubts: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }) });
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never;

function interference(scheduler: fc.Scheduler, { diesAt, doubts }: Fate): Interference {
  let step = 0;
  return async ({ kind, key, moment }) => {
    const now = step++;
    if (now >= diesAt) throw new KilledError();
    if (moment === 'before') await scheduler.schedule(Promise.resolve(), key);
    if (kind === 'put' && doubts.includes(now)) throw moment === 'before' ? new ConflictError(key) : new Error('timeout');
  };
}

test('however reconciles of several runs are mixed, die and are misled, the record is whole once one more has finished', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(look, { minLength: 1, maxLength: 3 }), fc.array(fc.tuple(fc.nat(), fate), { minLength: 2, maxLength: 5 }), async (scheduler, looks, attempts) => {
      const store = memoryStore();
      await runOf(store, { assessments: assessments({ minute: 0, clusters: NAMES, findings: ['one'], unread: false }) });
      const runs: string[] = [];
      for (const given of looks) runs.push(await beginRun(store, { assessments: assessments(given) }));
      const going = attempts.map(([which, its]) => finish(store.as(interference(scheduler, its)), runs[which % runs.length]!).then(() => 'done', (error: unknown) => (error instanceof KilledError ? 'killed' : Promise.reject(error))));
      await scheduler.waitFor(Promise.all(going));
      for (const run of runs) await finish(store, run);
      expect((await sealsOf(store)).length).toBe(1 + runs.length);
      await assertInvariants(store);
    }),
    { numRuns: 150, seed: 11 },
  );
}, PATIENCE);
