import { describe, expect, test } from '@jest/globals';
import type { AssessmentRow, LookRow } from '../../lambda/model/history.ts';
import type { Seal } from '../../lambda/model/seal.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { runKeys, sealKey } from '../../lambda/storage/layout.ts';
import { fromJson, fromJsonLinesGzip, sha256 } from '../../lambda/storage/stored-json.ts';
import { memoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { assertInvariants, keysUnder } from './invariants.ts';
import { beginRun, finish, NOW, runOf, told } from './run-of.ts';

async function rowsOf(store: ObjectStore, kind: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const key of await keysUnder(store, `history/${kind}/`)) rows.push(...fromJsonLinesGzip(key, (await store.get(key))!.body));
  return rows;
}

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

  test('a run answers the same however often it is reconciled, also after others', async () => {
    const store = memoryStore();
    await runOf(store, { assessments: [assessmentOf({ at: at(0), checks: { a: [{ name: 'web' }] } })] });
    const run = await beginRun(store, { assessments: [assessmentOf({ at: at(1), checks: { a: [] } })] });
    const first = await finish(store, run);
    await runOf(store, { assessments: [assessmentOf({ at: at(2), checks: { a: [{ name: 'db' }] } })] });
    expect(await finish(store, run)).toEqual(first);
    await assertInvariants(store);
  });
});

describe('the history', () => {
  test('has a row a cluster and check, with its controls, and a row a cluster', async () => {
    const store = memoryStore();
    const given = assessmentOf({ at: at(0), checks: { a: { unread: ['pods'], findings: [{ name: 'web' }] }, b: [] } });
    const refused = { code: 'forbidden', message: 'may not list pods' } as const;
    await runOf(store, {
      assessments: [
        {
          ...given,
          kubernetesVersion: '1.35',
          workloads: 7,
          outcomes: given.outcomes.map((outcome) => ({ ...outcome, controls: [`pss/${outcome.check}`] })),
          coverage: [...given.coverage, { source: 'pods', state: 'refused', reason: refused }, { source: 'gateways', state: 'assumed', objects: 0 }],
          problems: Array.from({ length: 22 }, (_, index) => `${index}${'x'.repeat(index === 0 ? 600 : 1)}`),
        },
      ],
    });
    const row = ({ check, outcome, unread, findings, controls }: AssessmentRow) => ({ check, outcome, unread: unread.map(({ source }) => source), findings, controls });
    expect((await rowsOf(store, 'assessments')).map((each) => row(each as AssessmentRow))).toEqual([
      { check: 'a', outcome: 'fail', unread: ['pods'], findings: 1, controls: ['pss/a'] },
      { check: 'b', outcome: 'pass', unread: [], findings: 0, controls: ['pss/b'] },
    ]);
    const [look] = (await rowsOf(store, 'coverage')) as LookRow[];
    expect(look).toMatchObject({ label: 'test', result: 'audited', baseline: 'first', namespaces: 'all', kubernetesVersion: '1.35', workloads: 7, read: 1, assumed: ['gateways'], refused: [{ source: 'pods', ...refused }] });
    expect(look!.problems!.length).toBe(21);
    expect(look!.problems![0]).toBe(`0${'x'.repeat(498)}…`);
    expect(look!.problems![20]).toBe('and 2 more');
  });

  test('a run without changes has no file of changes', async () => {
    const store = memoryStore();
    await runOf(store, { assessments: [assessmentOf({ at: at(0), checks: { a: [] } })] });
    expect((await keysUnder(store, 'history/')).map((key) => key.split('/')[1])).toEqual(['assessments', 'coverage']);
  });
});

test('a seal says what, when, of which run, and after which seal', async () => {
  const store = memoryStore();
  await runOf(store, { assessments: [assessmentOf({ at: at(0), checks: { a: [] } })] });
  const run = await beginRun(store, { assessments: [assessmentOf({ at: at(1), checks: { a: [] } })] });
  await finish(store, run);
  const first = store.objects.get(sealKey(1))!;
  const seal = fromJson(sealKey(2), store.objects.get(sealKey(2))!) as Seal;
  expect(seal).toMatchObject({ schemaVersion: 1, seq: 2, run, sealedAt: NOW.toISOString(), previous: sha256(first), scope: sha256(store.objects.get(runKeys.scope(run))!), newestLook: at(1) });
  expect(seal.objects.map(({ key }) => key.split('/').slice(0, 2).join('/').replace(/-.*/, ''))).toEqual(['history/assessments', 'history/coverage', 'state/test']);
  expect((fromJson(sealKey(1), first) as Seal).previous).toBeUndefined();
});

test('a put that never succeeds is an error, and nothing is committed', async () => {
  const store = memoryStore();
  const run = await beginRun(store, { assessments: [assessmentOf({ at: at(0), checks: { a: [] } })] });
  for (const prefix of ['staged/', 'seals/']) {
    const full = store.as(({ kind, key, moment }) => {
      if (kind === 'put' && moment === 'before' && key.startsWith(prefix)) throw new Error('no space left on device');
    });
    await expect(finish(full, run)).rejects.toThrow('no space left on device');
    expect(await keysUnder(store, 'seals/')).toEqual([]);
  }
  expect((await finish(store, run)).seq).toBe(1);
  await assertInvariants(store);
});
