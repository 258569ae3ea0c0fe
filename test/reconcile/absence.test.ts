import { describe, expect, test } from '@jest/globals';
import type { LookRow } from '../../lambda/model/history.ts';
import type { RunScope } from '../../lambda/model/run-scope.ts';
import { readStates } from '../../lambda/reconcile/reconcile.ts';
import { runKeys } from '../../lambda/storage/layout.ts';
import { fromJsonLinesGzip } from '../../lambda/storage/stored-json.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { writeAssessment } from '../../lambda/storage/run-records.ts';
import { memoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { assertInvariants, keysUnder } from './invariants.ts';
import { beginRun, finish, runOf, told } from './run-of.ts';

const A = cluster('a');
const B = cluster('b');
const look = (identity: typeof A, minute: number, ...names: string[]) => assessmentOf({ cluster: identity, at: at(minute), checks: { x: names.map((name) => ({ name })) } });

/** The rows of coverage of the newest seal, in words. */
async function coverage(store: ObjectStore, seq: number): Promise<string[]> {
  const key = (await keysUnder(store, 'history/coverage/')).find((name) => name.includes(`/${String(seq).padStart(12, '0')}-`))!;
  return (fromJsonLinesGzip(key, (await store.get(key))!.body) as LookRow[]).map(({ label, result, reason, by }) => `${label} ${result}${by ? ` by ${by.seq} of ${by.observedAt}` : ''}${reason === undefined ? '' : `: ${reason}`}`);
}

describe('a target that was not audited', () => {
  const down = (label: string) => ({ label, reason: 'the API server did not answer in 10 s' });

  test('goes out of sight once, keeps what is open, and comes back once', async () => {
    const store = memoryStore();
    await runOf(store, { assessments: [look(A, 0, 'one', 'two')] });
    const results = [];
    for (const minute of [10, 20]) results.push(await runOf(store, { targets: [{ label: 'a', cluster: A.id }], missed: [down('a')], startedAt: at(minute) }));
    expect(results.map(({ changes }) => told(changes))).toEqual([['lost-sight (cluster) cluster findings=2: the API server did not answer in 10 s'], []]);
    expect(results[1]!.states).toMatchObject([{ observedAt: at(0), seq: 3, unseen: { since: at(10), reason: 'the API server did not answer in 10 s' }, findings: [{}, {}] }]);
    const back = await runOf(store, { assessments: [look(A, 30, 'one')] });
    expect(told(back.changes)).toEqual(['regained-sight (cluster) cluster findings=1', 'resolved (cluster) x two medium']);
    expect(back.states[0]!.unseen).toBeUndefined();
    await assertInvariants(store);
  });

  test('is the cluster that its label alone means; a label that means none or two leaves a row and no more', async () => {
    const store = memoryStore();
    await runOf(store, { assessments: [look(A, 0, 'one'), look(B, 0), look(cluster('c', { label: 'same' }), 0)] });
    await runOf(store, { assessments: [look(cluster('d', { label: 'same' }), 0)] });
    const result = await runOf(store, { startedAt: at(5), missed: [down('a'), down('same'), down('stranger')] });
    expect(told(result.changes)).toEqual(['lost-sight (cluster) cluster findings=1: the API server did not answer in 10 s']);
    expect(await coverage(store, 3)).toEqual(['same missed: the API server did not answer in 10 s', 'stranger missed: the API server did not answer in 10 s', 'a missed: the API server did not answer in 10 s']);
    expect(result.states.map((state) => state.cluster.id)).toEqual([A.id]);
    await assertInvariants(store);
  });

  test('with no word of it, the audit did not finish', async () => {
    const store = memoryStore();
    const result = await runOf(store, { targets: [{ label: 'a', cluster: A.id }], startedAt: at(5) });
    expect(told(result.changes)).toEqual(['lost-sight (cluster) cluster findings=0: the audit did not finish']);
    // Never looked at: known to the record, but not seen before.
    expect(result.states).toMatchObject([{ cluster: { id: A.id, name: 'a', account: '111122223333', region: 'eu-west-1' }, unseen: { since: at(5) } }]);
    expect(result.states[0]!.observedAt).toBeUndefined();
    const first = await runOf(store, { assessments: [look(A, 10, 'one')] });
    expect(told(first.changes)).toEqual(['regained-sight (cluster) cluster findings=0', 'opened (first-look) x one medium']);
    expect(first.before.size).toBe(0);
    expect(first.states).toMatchObject([{ firstSeen: at(10) }]);
    await assertInvariants(store);
  });

  test('an assessment that cannot be read, or is from the future, or of no time, is none; the others count', async () => {
    const store = memoryStore();
    const run = await beginRun(store, { assessments: [look(A, 0), look(B, 0), look(cluster('c'), 0), { ...look(cluster('d'), 0), observedAt: 'yesterday' }, look(cluster('e'), 60 * 24)] });
    await store.put(runKeys.assessment(run, B.id, 'b'), Buffer.from('not gzip'));
    const { changes } = await finish(store, run);
    expect(told(changes).map((line) => line.replace(/: incorrect.*/, ''))).toEqual([
      'lost-sight (cluster) cluster findings=0: its assessment cannot be read: ' + `${runKeys.assessment(run, B.id, 'b')} in the store is damaged`,
      'lost-sight (cluster) cluster findings=0: its assessment cannot be read: its time "yesterday" is not a date',
      `lost-sight (cluster) cluster findings=0: it was looked at on ${at(60 * 24)}, which lies in the future of this clock`,
    ]);
    await assertInvariants(store);
  });

  test('a missed target that was audited after all is audited', async () => {
    const store = memoryStore();
    const result = await runOf(store, { assessments: [look(A, 0, 'one')], targets: [{ label: 'a' }], missed: [down('a')] });
    expect(told(result.changes)).toEqual(['opened (first-look) x one medium']);
  });

  test('missed after a newer look was committed is no news', async () => {
    const store = memoryStore();
    await runOf(store, { assessments: [look(A, 10, 'one')] });
    const result = await runOf(store, { startedAt: at(5), missed: [down('a')] });
    expect(result).toMatchObject({ changes: [], superseded: [A.id] });
    expect(await coverage(store, 2)).toEqual([`a superseded by 1 of ${at(10)}: the record has a newer look at it`]);
    await assertInvariants(store);
  });
});

describe('two targets that are one cluster', () => {
  test('the look that saw more counts, then the newer one, then the first label', async () => {
    const store = memoryStore();
    const run = await beginRun(store, { targets: [{ label: 'p' }, { label: 'q' }, { label: 'r' }], startedAt: at(0) });
    await writeAssessment(store, run, assessmentOf({ cluster: A, at: at(3), checks: { x: { unread: ['pods'] }, y: [] } }), 'p');
    await writeAssessment(store, run, assessmentOf({ cluster: A, at: at(1), checks: { x: [{ name: 'old' }], y: [] } }), 'q');
    await writeAssessment(store, run, assessmentOf({ cluster: A, at: at(2), checks: { x: [{ name: 'new' }], y: [] } }), 'r');
    const result = await finish(store, run);
    expect(told(result.changes)).toEqual(['opened (first-look) x new medium']);
    expect(result.superseded).toEqual([]);
    expect(await coverage(store, 1)).toEqual([
      `p superseded by 1 of ${at(2)}: r is the same cluster, and was looked at in this run too`,
      `q superseded by 1 of ${at(2)}: r is the same cluster, and was looked at in this run too`,
      'r audited',
    ]);
    await assertInvariants(store);
  });

  test('one that failed does not put the other out of sight', async () => {
    const store = memoryStore();
    const result = await runOf(store, { assessments: [look(A, 1, 'one')], targets: [{ label: 'a', cluster: A.id }, { label: 'other', cluster: A.id }], missed: [{ label: 'other', reason: 'no route' }] });
    expect(told(result.changes)).toEqual(['opened (first-look) x one medium']);
    expect(await coverage(store, 1)).toEqual(['a audited', `other superseded by 1 of ${at(1)}: no route; but this run saw the same cluster by another way`]);
    await assertInvariants(store);
  });

  test('labels are names: two that are the same are refused', async () => {
    await expect(beginRun(memoryStore(), { targets: [{ label: 'a' }, { label: 'a' }] })).rejects.toThrow('two targets are called "a": give each a name of its own');
  });
});

describe('the order of looks', () => {
  test('one that is not newer changes nothing and leaves a row', async () => {
    const store = memoryStore();
    await runOf(store, { assessments: [look(A, 10, 'one')] });
    for (const minute of [10, 5]) {
      const result = await runOf(store, { assessments: [look(A, minute, 'two')] });
      expect(result).toMatchObject({ changes: [], superseded: [A.id], states: [{ seq: 1, observedAt: at(10) }] });
      expect(await coverage(store, result.seq)).toEqual([`a superseded by 1 of ${at(10)}: the record has a newer look at it`]);
    }
    await assertInvariants(store);
  });

  test('a capture that was made before an attempt in vain still counts', async () => {
    const store = memoryStore();
    await runOf(store, { assessments: [look(A, 0, 'one')] });
    await runOf(store, { startedAt: at(10), missed: [{ label: 'a', reason: 'pods.json is cut off' }] });
    const result = await runOf(store, { assessments: [look(A, 5)], startedAt: at(20) });
    expect(told(result.changes)).toEqual(['regained-sight (cluster) cluster findings=0', 'resolved (cluster) x one medium']);
    await assertInvariants(store);
  });
});

describe('a run that is to look at everything', () => {
  const all = (listings: RunScope['listings'], gone: readonly string[] = []): Partial<RunScope> => ({ clusters: 'all', listings, gone });
  const listed = { account: '111122223333', region: 'eu-west-1', result: 'listed' } as const;

  async function twice(scope: Partial<RunScope>): Promise<string[][]> {
    const store = memoryStore();
    await runOf(store, { assessments: [look(A, 0, 'one'), look(B, 0, 'one', 'two')] });
    const lines = [];
    for (const minute of [10, 20]) lines.push(told((await runOf(store, { assessments: [look(A, minute, 'one')], scope })).changes));
    await assertInvariants(store);
    return lines;
  }

  test('and to look at some only leaves the others alone', async () => {
    expect(await twice({})).toEqual([[], []]);
  });

  test('one that is not covered any more is out of sight by a setting, once', async () => {
    expect(await twice(all([]))).toEqual([['lost-sight (setting) cluster findings=2: the configuration does not cover it any more'], []]);
    expect(await twice(all([{ ...listed, result: 'not-asked' }]))).toEqual([['lost-sight (setting) cluster findings=2: the configuration does not cover it any more'], []]);
  });

  test('one that is listed but left out is out of sight by a setting, once', async () => {
    expect(await twice({ ...all([listed]), uncovered: [B.id] })).toEqual([['lost-sight (setting) cluster findings=2: the configuration does not cover it any more'], []]);
  });

  test('one whose account did not even say which regions it has is out of sight, and no setting is blamed', async () => {
    expect(await twice(all([{ ...listed, region: 'all', result: 'refused', reason: 'AccessDenied' }]))).toEqual([
      ['lost-sight (cluster) cluster findings=2: the clusters of its account and region could not be listed: AccessDenied'],
      [],
    ]);
  });

  test('one whose account could not be listed is out of sight, even if it is said to be gone', async () => {
    expect(await twice(all([{ ...listed, result: 'refused', reason: 'AccessDenied' }], [B.id]))).toEqual([['lost-sight (cluster) cluster findings=2: the clusters of its account and region could not be listed: AccessDenied'], []]);
  });

  test('one that is not listed, but not known to be gone, is out of sight', async () => {
    expect(await twice(all([listed]))).toEqual([['lost-sight (cluster) cluster findings=2: it was not among the clusters that its account and region listed'], []]);
  });

  test('one that does not exist any more is gone, and its findings with it', async () => {
    expect(await twice(all([listed], [B.id]))).toEqual([['resolved (cluster-gone) x one medium', 'resolved (cluster-gone) x two medium'], []]);
    // Only where that very region was listed.
    expect(await twice(all([{ ...listed, region: 'us-east-1' }], [B.id]))).toEqual([['lost-sight (setting) cluster findings=2: the configuration does not cover it any more'], []]);
  });

  test('each by what its own account and region said, once, and a run over one cluster between says nothing of the others', async () => {
    const elsewhere = (name: string, account: string, region: string) => {
      const arn = `arn:aws:eks:${region}:${account}:cluster/${name}`;
      return cluster(name, { id: arn, arn, account, region });
    };
    const REFUSED = elsewhere('refused', '111122223333', 'us-east-1');
    const DENIED = elsewhere('denied', '444455556666', 'eu-west-1');
    const GONE = cluster('gone');
    const UNCOVERED = elsewhere('uncovered', '444455556666', 'us-east-1');
    const store = memoryStore();
    await runOf(store, { assessments: [A, B, REFUSED, DENIED, GONE, UNCOVERED].map((identity) => look(identity, 0, 'one')) });
    const scope = all(
      [
        listed,
        { account: '111122223333', region: 'us-east-1', result: 'refused', reason: 'AccessDeniedException: denied by policy' },
        { account: '444455556666', region: 'eu-west-1', result: 'refused', reason: 'AccessDenied: may not assume the role' },
        { account: '444455556666', region: 'us-east-1', result: 'not-asked' },
      ],
      [GONE.id, REFUSED.id],
    );
    const lines = async (given: Parameters<typeof runOf>[1]) => (await runOf(store, given)).changes.map((change) => `${change.cluster.name}: ${told([change]).join()}`).sort();
    expect(await lines({ assessments: [look(A, 10, 'one')], targets: [{ label: 'a', cluster: A.id }, { label: 'b', cluster: B.id }], missed: [{ label: 'b', cluster: B.id, reason: 'it is being created' }], scope })).toEqual([
      'b: lost-sight (cluster) cluster findings=1: it is being created',
      'denied: lost-sight (cluster) cluster findings=1: the clusters of its account and region could not be listed: AccessDenied: may not assume the role',
      'gone: resolved (cluster-gone) x one medium',
      'refused: lost-sight (cluster) cluster findings=1: the clusters of its account and region could not be listed: AccessDeniedException: denied by policy',
      'uncovered: lost-sight (setting) cluster findings=1: the configuration does not cover it any more',
    ]);
    expect(await lines({ assessments: [look(B, 20, 'one')] })).toEqual(['b: regained-sight (cluster) cluster findings=1']);
    expect(await lines({ assessments: [look(A, 30, 'one'), look(B, 30, 'one')], scope })).toEqual([]);
    expect(await lines({ assessments: [look(REFUSED, 40, 'one')] })).toEqual(['refused: regained-sight (cluster) cluster findings=1']);
    await assertInvariants(store);
  });

  test('what comes after under the same name is a baseline', async () => {
    const store = memoryStore();
    await runOf(store, { assessments: [look(A, 0, 'one')] });
    await runOf(store, { startedAt: at(10), scope: all([listed], [A.id]) });
    expect(await readStates(store)).toMatchObject([{ findings: [], gone: { at: at(10) } }]);
    // A look from before it was gone, committed late.
    expect(await runOf(store, { assessments: [look(A, 5, 'one')] })).toMatchObject({ changes: [], superseded: [A.id] });
    // A kubeconfig that still points there.
    expect((await runOf(store, { startedAt: at(15), missed: [{ label: 'a', cluster: A.id, reason: 'no such host' }] })).changes).toEqual([]);
    const again = await runOf(store, { assessments: [look(A, 20, 'one')] });
    expect(told(again.changes)).toEqual(['opened (first-look) x one medium']);
    expect(again.states).toMatchObject([{ firstSeen: at(20) }]);
    expect(again.states[0]!.gone).toBeUndefined();
    await assertInvariants(store);
  });
});

test('a run without any target, and one without any change, are sealed too', async () => {
  const store = memoryStore();
  expect(await runOf(store, {})).toMatchObject({ seq: 1, changes: [], states: [] });
  await runOf(store, { assessments: [look(A, 0)] });
  expect(await runOf(store, { assessments: [look(A, 1)] })).toMatchObject({ seq: 3, changes: [] });
  await assertInvariants(store);
});
