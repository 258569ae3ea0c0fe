import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Assessment } from '../../lambda/model/assessment.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { compare } from '../../lambda/reconcile/compare.ts';
import { fold } from '../../lambda/reconcile/fold.ts';
import { withoutKeptBack } from '../../lambda/reconcile/kept-back.ts';
import { reconcile } from '../../lambda/reconcile/reconcile.ts';
import { canonicalJson } from '../../lambda/storage/canonical-json.ts';
import { memoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster, type GivenFinding } from './assessment-of.ts';
import { historyOf, stepOf } from './history-of.ts';
import { assertInvariants } from './invariants.ts';
import { beginRun, NOW, runOf, told, ulid } from './run-of.ts';

const late: GivenFinding = { name: 'late', passing: true };
const behind: GivenFinding = { name: 'behind', passing: true };
const web: GivenFinding = { name: 'web' };

describe('what may pass by itself', () => {
  test('opens when two looks in a row have seen it, and resolves when one sees it gone', () => {
    const { told: lines } = historyOf({ a: [] }, { a: [late] }, { a: [late] }, { a: [late] }, { a: [] }, { a: [late] }, { a: [late] });
    expect(lines).toEqual([[], [], ['opened (cluster) a late medium'], [], ['resolved (cluster) a late medium'], [], ['reopened (cluster) a late medium']]);
  });

  test('is nothing where every other look sees it', () => {
    const { told: lines, state } = historyOf({ a: [] }, { a: [late] }, { a: [] }, { a: [late] }, { a: [behind] }, { a: [late] });
    expect(lines.flat()).toEqual([]);
    expect(state.findings).toEqual([]);
    expect(state.checks).toEqual([{ check: 'a', revision: '1', outcome: 'pass', seenOnce: [expect.any(String)] }]);
  });

  test('each thing counts for itself', () => {
    const { told: lines } = historyOf({ a: [] }, { a: [late] }, { a: [late, behind] }, { a: [behind] });
    expect(lines.slice(1)).toEqual([[], ['opened (cluster) a late medium'], ['resolved (cluster) a late medium', 'opened (cluster) a behind medium']]);
  });

  test('was there at the first look: no news when it opens, and until then no pass', () => {
    const first = stepOf(undefined, assessmentOf({ at: at(0), checks: { a: [late] } }));
    expect(first.told).toEqual([]);
    expect(first.state.checks).toEqual([{ check: 'a', unseen: { since: at(0), reason: expect.stringContaining('the next look tells') as unknown as string }, seenOnce: [expect.any(String)] }]);
    const second = stepOf(first.state, assessmentOf({ at: at(1), checks: { a: [late] } }), 2);
    expect(second.told).toEqual(['opened (first-look) a late medium']);
    expect(second.state.checks).toEqual([{ check: 'a', revision: '1', outcome: 'fail' }]);
    expect(stepOf(first.state, assessmentOf({ at: at(1), checks: { a: [] } }), 2).state.checks).toEqual([{ check: 'a', revision: '1', outcome: 'pass' }]);
  });

  test('neither confirms nor is forgotten where nobody could look', () => {
    const nobody = { a: { outcome: 'not-evaluated' as const, unread: ['jobs' as const] } };
    const { told: lines } = historyOf({ a: [] }, { a: [late] }, nobody, { a: [late] });
    expect(lines[3]).toContain('opened (cluster) a late medium');
    expect(historyOf({ a: [] }, { a: [late] }, nobody, { a: [] }, { a: [late] }).state.findings).toEqual([]);
  });

  test('holds up nothing else, and nothing else of its check', () => {
    const { told: lines, state } = historyOf({ a: [] }, { a: [late, web], b: [web] }, { a: [web], b: [] });
    expect(lines.slice(1)).toEqual([['opened (cluster) a web medium', 'opened (first-look) b web medium'], ['resolved (cluster) b web medium']]);
    expect(state.checks.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual(['a fail', 'b pass']);
  });

  test('its row says how many findings there are, and what was seen', () => {
    const { state } = historyOf({ a: [] });
    const [row] = compare(state, assessmentOf({ at: at(1), checks: { a: [late, web] } }), { run: 'r', seq: 2 }).assessments;
    expect(row).toMatchObject({ outcome: 'fail', findings: 1, seenOnce: [expect.any(String)] });
    const [passed] = compare(state, assessmentOf({ at: at(1), checks: { a: [late] } }), { run: 'r', seq: 2 }).assessments;
    expect(passed).toMatchObject({ outcome: 'pass', findings: 0 });
    const [unread] = compare(state, assessmentOf({ at: at(1), checks: { a: { unread: ['jobs'], findings: [late] } } }), { run: 'r', seq: 2 }).assessments;
    expect(unread).toMatchObject({ outcome: 'not-evaluated', findings: 0, reason: 'jobs: may not list jobs' });
  });

  test('of another cluster under the same name nothing was seen before', () => {
    const given = (uid: string, minute: number): Assessment => assessmentOf({ cluster: cluster('test', { uid }), at: at(minute), checks: { a: [late] } });
    const first = stepOf(undefined, given('1', 0));
    expect(stepOf(first.state, given('2', 1), 2).told).toEqual([]);
    expect(stepOf(first.state, given('1', 1), 2).told).toEqual(['opened (first-look) a late medium']);
  });

  test('a report shows what the record holds', () => {
    const look = assessmentOf({ at: at(0), checks: { a: [late, web], b: [behind] } });
    const { state } = stepOf(undefined, look);
    const shown = withoutKeptBack(look, state);
    expect(shown.findings.map(({ resource }) => resource.name)).toEqual(['web']);
    expect(shown.outcomes.map(({ check, outcome, findings }) => `${check} ${outcome} ${findings}`)).toEqual(['a fail 1', 'b not-evaluated 0']);
    const again = assessmentOf({ at: at(1), checks: { a: [late, web], b: [behind] } });
    expect(withoutKeptBack(again, stepOf(state, again, 2).state)).toEqual(again);
  });
});

test('a run that is tried again keeps back what it kept back, and is not the second that saw it', async () => {
  const store = memoryStore();
  await runOf(store, { assessments: [assessmentOf({ at: at(0), checks: { a: [] } })] });
  const run = await beginRun(store, { assessments: [assessmentOf({ at: at(1), checks: { a: [late] } })] });
  for (let tries = 0; tries < 3; tries++) expect((await reconcile(store, run, { attempt: ulid(), now: () => NOW })).changes).toEqual([]);
  expect(told((await runOf(store, { assessments: [assessmentOf({ at: at(2), checks: { a: [late] } })] })).changes)).toEqual(['opened (cluster) a late medium']);
  await assertInvariants(store);
});

const NAMES = ['one', 'two', 'three'] as const;
const seen = fc.record({ passing: fc.subarray([...NAMES]), lasting: fc.subarray([...NAMES]), able: fc.constantFrom(true, true, true, false) });
type Seen = typeof seen extends fc.Arbitrary<infer T> ? T : never;

function lookAt({ passing, lasting, able }: Seen, minute: number, withPassing = true): Assessment {
  const outcome = (findings: readonly GivenFinding[]) => (able ? { findings } : { outcome: 'not-evaluated' as const, unread: ['jobs' as const] });
  return assessmentOf({ at: at(minute), checks: { p: outcome(withPassing ? passing.map((name) => ({ name, passing: true })) : []), l: outcome(lasting.map((name) => ({ name }))) } });
}

test('open is what the last two looks that could look have both seen, and what is lasting goes its own way', () => {
  fc.assert(
    fc.property(fc.array(seen, { minLength: 1, maxLength: 7 }), (looks) => {
      let state: ClusterState | undefined;
      let without: ClusterState | undefined;
      const able: Seen[] = [];
      for (const [minute, each] of looks.entries()) {
        state = fold(state, compare(state, lookAt(each, minute), { run: 'r', seq: minute + 1 }))!;
        without = fold(without, compare(without, lookAt(each, minute, false), { run: 'r', seq: minute + 1 }))!;
        if (each.able) able.push(each);
      }
      const names = (check: string, of: ClusterState): string[] => of.findings.filter((finding) => finding.check === check).map(({ resource }) => resource.name).sort();
      // A finding stays open until a look sees it gone: it opened when two in a row saw it, and every one since has.
      const run = (name: (typeof NAMES)[number]): number => able.length - 1 - able.findLastIndex(({ passing }) => !passing.includes(name));
      expect(names('p', state!)).toEqual(NAMES.filter((name) => run(name) >= 2).sort());
      expect(names('l', state!)).toEqual(names('l', without!));
      expect(state!.resolved.filter(({ fingerprint }) => without!.findings.some((finding) => finding.fingerprint === fingerprint))).toEqual([]);
    }),
    { numRuns: 300, seed: 11 },
  );
});

test('rows do not depend on order, and every state is the fold of its history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(seen, { minLength: 1, maxLength: 5 }), async (looks) => {
      const store = memoryStore();
      for (const [minute, each] of looks.entries()) await runOf(store, { assessments: [lookAt(each, minute)] });
      await assertInvariants(store);
      const before = looks.slice(0, -1).reduce<ClusterState | undefined>((state, each, minute) => fold(state, compare(state, lookAt(each, minute), { run: 'r', seq: minute + 1 })), undefined);
      const last = lookAt(looks.at(-1)!, looks.length);
      const turned = { ...last, outcomes: [...last.outcomes].reverse(), findings: [...last.findings].reverse() };
      expect(canonicalJson(compare(before, turned, { run: 'r', seq: 9 }))).toBe(canonicalJson(compare(before, last, { run: 'r', seq: 9 })));
    }),
    { numRuns: 40, seed: 12 },
  );
});
