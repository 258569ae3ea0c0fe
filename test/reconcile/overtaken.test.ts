import { describe, expect, test } from '@jest/globals';
import type { RunScope } from '../../lambda/model/run-scope.ts';
import { commitRun } from '../../lambda/reconcile/commit-run.ts';
import { readStates, type Reconciled } from '../../lambda/reconcile/reconcile.ts';
import { sealKey } from '../../lambda/storage/layout.ts';
import { KilledError, memoryStore, type MemoryStore, type Operation } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { assertInvariants, sealsOf } from './invariants.ts';
import { beginRun, finish, NOW, runOf, told, ulid, type GivenRun } from './run-of.ts';

const MANY = Array.from({ length: 40 }, (_, index) => cluster(`c${String(index).padStart(2, '0')}`));
const look = (identity: (typeof MANY)[number], minute: number, ...names: string[]) => assessmentOf({ cluster: identity, at: at(minute), checks: { x: names.map((name) => ({ name })), y: [] } });
const looks = (minute: number, ...names: string[]) => MANY.map((identity) => look(identity, minute, ...names));
const LISTED = { account: '111122223333', region: 'eu-west-1', result: 'listed' } as const;

/** Reconciles a run; while it looks whether a number is still free, others are sealed, one run a time. Answers what it did itself. */
async function overtaken(store: MemoryStore, run: string, others: readonly GivenRun[]): Promise<{ readonly result: Reconciled; readonly done: readonly Operation[] }> {
  const left = [...others];
  const done: Operation[] = [];
  const slow = store.as(async (operation) => {
    const { kind, key, moment } = operation;
    if (moment === 'after') return;
    done.push(operation);
    // The number that it is about to take: nothing is there yet.
    if (kind !== 'get' || !/^seals\/\d+\.json$/.test(key) || store.objects.has(key)) return;
    const next = left.shift();
    if (next) await runOf(store, next);
  });
  const result = await finish(slow, run);
  expect(left).toEqual([]);
  return { result, done };
}

const count = (done: readonly Operation[], kind: string, prefix: string): number => done.filter((operation) => operation.kind === kind && operation.key.startsWith(prefix)).length;

describe('a run over many clusters, overtaken by runs over one', () => {
  const EVENTS = [3, 17, 3, 39].map((index, time): GivenRun => ({ assessments: [look(MANY[index]!, 20 + time, 'one', `event${time}`)] }));

  async function begun(): Promise<{ readonly store: MemoryStore; readonly run: string }> {
    const store = memoryStore();
    await runOf(store, { assessments: looks(0, 'one', 'two') });
    return { store, run: await beginRun(store, { assessments: looks(10, 'one', 'three'), scope: { clusters: 'all', listings: [LISTED] } }) };
  }

  test('compares anew only the clusters that they touched, and leaves what they found open', async () => {
    const { store, run } = await begun();
    const { result, done } = await overtaken(store, run, EVENTS);
    expect(result.seq).toBe(6);
    expect(result.superseded).toEqual([3, 17, 39].map((index) => MANY[index]!.id));
    expect(count(done, 'get', `runs/${run}/clusters/`)).toBe(MANY.length + EVENTS.length);
    expect(count(done, 'put', `staged/${run}/`)).toBe(MANY.length + 3);
    const open = (await readStates(store)).map((state) => [state.cluster.name, state.seq, ...state.findings.map(({ resource }) => resource.name).sort()].join(' '));
    expect(open).toEqual(MANY.map(({ name }, index) => ({ 3: `${name} 4 event2 one`, 17: `${name} 3 event1 one`, 39: `${name} 5 event3 one` })[index] ?? `${name} 6 one three`));
    expect(told(result.changes).sort()).toEqual([...Array<string>(37).fill('opened (cluster) x three medium'), ...Array<string>(37).fill('resolved (cluster) x two medium')]);
    await assertInvariants(store);
  });

  test('answers what it answers when it is asked again', async () => {
    const { store, run } = await begun();
    const { result } = await overtaken(store, run, EVENTS);
    expect(await finish(store, run)).toEqual(result);
  });

  test('killed in the middle of publishing, what it had put is not put again, and what it staged is read once', async () => {
    const { store, run } = await begun();
    const before = new Map(store.objects);
    let states = 0;
    const dies = store.as(({ kind, key, moment }) => {
      if (states >= 15) throw new KilledError();
      if (kind === 'put' && key.startsWith('state/') && moment === 'after') states++;
    });
    await expect(commitRun(dies, run, { attempt: ulid(), now: () => NOW })).rejects.toThrow(KilledError);
    const there = [...store.objects].filter(([key, body]) => key.startsWith('state/') && body !== before.get(key)).length;
    expect(there).toBeGreaterThanOrEqual(15);
    expect(there).toBeLessThan(MANY.length);
    const done: Operation[] = [];
    const again = await commitRun(store.as((operation) => void (operation.moment === 'before' && done.push(operation))), run, { attempt: ulid(), now: () => NOW });
    expect(again.seq).toBe(2);
    expect(count(done, 'put', 'state/')).toBe(MANY.length - there);
    expect(count(done, 'get', 'staged/')).toBe(MANY.length - there);
    expect(count(done, 'get', 'state/')).toBe(MANY.length);
    expect(count(done, 'get', `runs/${run}/clusters/`)).toBe(0);
    await assertInvariants(store);
  });

  test('says how much it told, the first time and again', async () => {
    const { store, run } = await begun();
    const counts = { looks: { audited: 40 }, changes: { opened: 40, resolved: 40 } };
    for (let time = 0; time < 2; time++) expect(await commitRun(store, run, { attempt: ulid(), now: () => NOW })).toEqual({ seq: 2, counts });
    expect((await sealsOf(store)).at(-1)!.seal.counts).toEqual(counts);
  });
});

describe('a run that was to look at everything, overtaken', () => {
  const [A, B, C] = MANY as [(typeof MANY)[0], (typeof MANY)[0], (typeof MANY)[0]];
  const all = (gone: readonly string[] = [], listings: RunScope['listings'] = [LISTED]): Partial<RunScope> => ({ clusters: 'all', listings, gone });

  async function begun(scope: Partial<RunScope>, given: GivenRun = {}): Promise<{ readonly store: MemoryStore; readonly run: string }> {
    const store = memoryStore();
    await runOf(store, { assessments: [look(A, 0, 'one'), look(B, 0, 'one')] });
    return { store, run: await beginRun(store, { assessments: [look(A, 10, 'one')], scope, ...given }) };
  }

  test('a newer look at a cluster that it did not list keeps it in sight, and in being', async () => {
    for (const gone of [[], [B.id]]) {
      const { store, run } = await begun(all(gone));
      const { result } = await overtaken(store, run, [{ assessments: [look(B, 20, 'one', 'two')] }]);
      expect(result.changes).toEqual([]);
      expect((await readStates(store, [B.id]))[0]).toMatchObject({ seq: 2, findings: [{}, {}] });
      await assertInvariants(store);
    }
  });

  test('an older look does not: what it found goes out of sight too', async () => {
    const { store, run } = await begun(all());
    const { result } = await overtaken(store, run, [{ assessments: [look(B, 5, 'one', 'two')] }]);
    expect(told(result.changes)).toEqual(['lost-sight (cluster) cluster findings=2: it was not among the clusters that its account and region listed']);
    await assertInvariants(store);
  });

  test('a cluster that became known meanwhile, by a look from before its start, is said to be out of sight', async () => {
    const { store, run } = await begun(all([], []));
    const { result } = await overtaken(store, run, [{ assessments: [look(C, 5, 'one')] }, { assessments: [look(C, 6)] }]);
    expect(result.changes.map(({ cluster: { name }, kind, origin }) => `${name} ${kind} ${origin}`)).toEqual(['c01 lost-sight setting', 'c02 lost-sight setting']);
    await assertInvariants(store);
  });

  test('out of sight once, though two runs say so', async () => {
    const { store, run } = await begun(all([], []));
    const { result } = await overtaken(store, run, [{ targets: [{ label: 'b', cluster: B.id }], startedAt: at(8) }]);
    expect(result.changes).toEqual([]);
    expect((await readStates(store, [B.id]))[0]).toMatchObject({ unseen: { since: at(8) } });
    await assertInvariants(store);
  });

  test('a label that means two clusters now means none', async () => {
    const { store, run } = await begun({}, { missed: [{ label: B.label, reason: 'no route' }] });
    const { result } = await overtaken(store, run, [{ assessments: [look(cluster('other', { label: B.label }), 5)] }]);
    expect(result.changes).toEqual([]);
    expect(result.looks.map(({ cluster: of, label, result: how }) => `${of?.name ?? '?'} ${label} ${how}`)).toEqual(['? c01 missed', 'c00 c00 audited']);
    await assertInvariants(store);
  });
});

test('a label that comes to mean one cluster alone says why that one was not seen, though nobody touched it', async () => {
  const [, B, C] = MANY as [(typeof MANY)[0], (typeof MANY)[0], (typeof MANY)[0]];
  const store = memoryStore();
  for (const identity of [B, C]) await runOf(store, { assessments: [look({ ...identity, label: 'same' }, 0, 'one')] });
  const run = await beginRun(store, { startedAt: at(10), missed: [{ label: 'same', reason: 'no route' }], scope: { clusters: 'all', listings: [LISTED] } });
  const { result } = await overtaken(store, run, [{ assessments: [look({ ...C, label: 'another' }, 20)] }]);
  expect(result.looks.map(({ cluster: of, label, result: how, reason }) => `${of?.name ?? '?'} ${label} ${how} ${reason}`)).toEqual(['c01 same missed no route']);
  await assertInvariants(store);
});

test('a number that is taken at the last moment is not ours, whatever was staged for it', async () => {
  const store = memoryStore();
  await runOf(store, { assessments: looks(0, 'one') });
  const run = await beginRun(store, { assessments: looks(10, 'two') });
  let events = 0;
  const slow = store.as(async ({ kind, key, moment }) => {
    if (kind === 'put' && key === sealKey(2 + events) && moment === 'before' && events < 3) await runOf(store, { assessments: [look(MANY[events++]!, 20, 'event')] });
  });
  const result = await finish(slow, run);
  expect(result.seq).toBe(5);
  expect(result.changes.length).toBe(2 * (MANY.length - 3));
  expect(new Set(result.changes.map(({ seq }) => seq))).toEqual(new Set([5]));
  await assertInvariants(store);
});
