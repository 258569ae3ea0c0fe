import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Assessment } from '../../lambda/model/assessment.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { SEVERITIES } from '../../lambda/model/severity.ts';
import { compare } from '../../lambda/reconcile/compare.ts';
import { fold } from '../../lambda/reconcile/fold.ts';
import { canonicalJson } from '../../lambda/storage/canonical-json.ts';
import { memoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster, type GivenFinding, type GivenOutcome } from './assessment-of.ts';
import { assertInvariants } from './invariants.ts';
import { runOf } from './run-of.ts';

const finding: fc.Arbitrary<GivenFinding> = fc.record({
  name: fc.constantFrom('one', 'two', 'three'),
  namespace: fc.constantFrom('a', 'b'),
  severity: fc.constantFrom(...SEVERITIES),
  message: fc.constantFrom('m', 'n'),
  evidence: fc.constantFrom({ x: 1, y: [1, 2] }, { x: 2 }),
  status: fc.constantFrom('open' as const, 'open' as const, 'excepted' as const),
  restsOn: fc.subarray(['deployments', 'jobs', 'roleBindings'] as const, { minLength: 1 }),
});
const outcome: fc.Arbitrary<GivenOutcome> = fc
  .record({
    revision: fc.constantFrom('1', '1', '1', '2'),
    outcome: fc.constantFrom(undefined, undefined, undefined, 'error' as const, 'not-applicable' as const),
    unread: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(['jobs', 'roleBindings'] as const, { minLength: 1 }) }),
    findings: fc.uniqueArray(finding, { maxLength: 4, selector: ({ name, namespace }) => `${namespace} ${name}` }),
  })
  .map(({ outcome: kind, ...rest }) => (kind === undefined ? rest : { ...rest, outcome: kind, findings: [], reason: kind }));
const look = fc.record({
  checks: fc.dictionary(fc.constantFrom('p', 'q', 'r'), outcome, { minKeys: 1 }),
  namespaces: fc.oneof({ weight: 3, arbitrary: fc.constant('all' as const) }, { weight: 1, arbitrary: fc.subarray(['a', 'b'], { minLength: 1 }) }),
  uid: fc.constantFrom(undefined, '1', '1', '1', '2'),
});
type Look = typeof look extends fc.Arbitrary<infer T> ? T : never;

function assess({ checks, namespaces, uid }: Look, minute: number): Assessment {
  const inside = Object.fromEntries(Object.entries(checks).map(([check, given]) => [check, { ...given, findings: (given.findings ?? []).filter(({ namespace }) => namespaces === 'all' || namespaces.includes(namespace!)) }]));
  return assessmentOf({ cluster: cluster('test', uid === undefined ? {} : { uid }), at: at(minute), namespaces, checks: inside });
}

function stateAfter(looks: readonly Look[]): ClusterState | undefined {
  let state: ClusterState | undefined;
  for (const [index, each] of looks.entries()) state = fold(state, compare(state, assess(each, index), { run: 'r', seq: index + 1 }));
  return state;
}

const history = fc.array(look, { minLength: 1, maxLength: 6 });

test('through the store, with targets missed in between: the record holds every invariant', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(look), { minLength: 1, maxLength: 6 }), async (looks) => {
      const store = memoryStore();
      for (const [index, each] of looks.entries()) {
        if (each) await runOf(store, { assessments: [assess(each, index)] });
        else await runOf(store, { startedAt: at(index), targets: [{ label: 'test', cluster: cluster('test').id }] });
      }
      await assertInvariants(store);
    }),
    { numRuns: 60, seed: 5 },
  );
});

test('nothing resolves, eases or is suppressed where not everything was read, and nothing out of scope is touched', () => {
  fc.assert(
    fc.property(history, look, (past, now) => {
      const state = stateAfter(past);
      const assessment = assess(now, past.length);
      const whole = new Set(assessment.outcomes.filter(({ outcome: kind, unread }) => kind !== 'error' && kind !== 'not-evaluated' && unread.length === 0).map(({ check }) => check));
      for (const change of compare(state, assessment, { run: 'r', seq: 9 }).changes) {
        if (!('finding' in change) || change.origin === 'cluster-gone') continue;
        if (['resolved', 'eased', 'excepted', 'updated'].includes(change.kind)) expect(whole.has(change.finding.check)).toBe(true);
        if (now.namespaces !== 'all') expect(now.namespaces).toContain(change.finding.resource.namespace);
      }
    }),
    { numRuns: 500, seed: 5 },
  );
});

test('every finding that was seen is open afterwards, as it was seen or, where not all was read, no milder', () => {
  fc.assert(
    fc.property(history, look, (past, now) => {
      const assessment = assess(now, past.length);
      const before = stateAfter(past);
      const after = fold(before, compare(before, assessment, { run: 'r', seq: 9 }))!;
      const open = new Map(after.findings.map((row) => [row.fingerprint, row]));
      for (const seen of assessment.findings) {
        const row = open.get(seen.fingerprint)!;
        expect(SEVERITIES.indexOf(row.severity)).toBeLessThanOrEqual(SEVERITIES.indexOf(seen.severity));
        if (seen.status === 'open') expect(row.status).toBe('open');
      }
    }),
    { numRuns: 500, seed: 6 },
  );
});

test('the same look again, in any order, changes nothing at all', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (past, numbers) => {
      const state = stateAfter(past)!;
      const again = assess(past.at(-1)!, past.length);
      const shuffle = <T>(list: readonly T[]): T[] => list.map((item) => ({ item, at: numbers.next().value as number })).sort((a, b) => a.at - b.at).map(({ item }) => item);
      const rows = compare(state, { ...again, outcomes: shuffle(again.outcomes), findings: shuffle(again.findings), coverage: shuffle(again.coverage) }, { run: 's', seq: 9 });
      expect(rows.changes).toEqual([]);
      const { run: _, seq: __, observedAt: ___, ...before } = state;
      const { run: ____, seq: _____, observedAt: ______, ...after } = fold(state, rows)!;
      expect(canonicalJson(after)).toBe(canonicalJson(before));
    }),
    { numRuns: 300, seed: 7 },
  );
});

test('rows do not depend on the order in which a look lists things', () => {
  fc.assert(
    fc.property(history, look, (past, now) => {
      const state = stateAfter(past);
      const assessment = assess(now, past.length);
      const reversed = { ...assessment, outcomes: [...assessment.outcomes].reverse(), findings: [...assessment.findings].reverse() };
      expect(canonicalJson(compare(state, reversed, { run: 'r', seq: 9 }))).toBe(canonicalJson(compare(state, assessment, { run: 'r', seq: 9 })));
    }),
    { numRuns: 200, seed: 8 },
  );
});
