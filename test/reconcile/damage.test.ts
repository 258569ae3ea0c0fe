import { describe, expect, test } from '@jest/globals';
import type { Seal } from '../../lambda/model/seal.ts';
import { readHistoryOf, readStates, reconcile } from '../../lambda/reconcile/reconcile.ts';
import { ReconcileStoppedError } from '../../lambda/reconcile/reconcile-stopped.ts';
import { newestSeq } from '../../lambda/reconcile/newest-seal.ts';
import { NEWEST_SEAL_HINT, runKeys, sealKey, stateKey } from '../../lambda/storage/layout.ts';
import { fromJson, toJson } from '../../lambda/storage/stored-json.ts';
import { KilledError, memoryStore, type MemoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { assertInvariants, keysUnder } from './invariants.ts';
import { beginRun, finish, NOW, runOf, told, ulid } from './run-of.ts';

const A = cluster('a');
const B = cluster('b');
const looks = (minute: number, ...names: string[]) => [A, B].map((identity) => assessmentOf({ cluster: identity, at: at(minute), checks: { x: names.map((name) => ({ name })) } }));

/** Three runs over two clusters. */
async function threeRuns(): Promise<MemoryStore> {
  const store = memoryStore();
  await runOf(store, { assessments: looks(0, 'one') });
  await runOf(store, { assessments: looks(1, 'one', 'two') });
  await runOf(store, { assessments: looks(2, 'two') });
  return store;
}

/** A store whose newest seal is put, and nothing of it is published. */
async function sealedOnly(): Promise<MemoryStore> {
  const store = await threeRuns();
  const run = await beginRun(store, { assessments: looks(3, 'three') });
  let sealed = false;
  const dies = store.as(({ kind, key, moment }) => {
    if (sealed) throw new KilledError();
    sealed = kind === 'put' && key.startsWith('seals/') && moment === 'after';
  });
  await expect(finish(dies, run)).rejects.toThrow(KilledError);
  return store;
}

async function stopOf(store: MemoryStore, options: { readonly now?: Date } = {}): Promise<string> {
  const run = await beginRun(store, { assessments: looks(10, 'ten') });
  const before = new Map([...store.objects].filter(([key]) => !key.startsWith('runs/')));
  const error = await finish(store, run, options.now ?? NOW).then(() => undefined, (problem: unknown) => problem);
  expect(error).toBeInstanceOf(ReconcileStoppedError);
  // Stopping spoils nothing.
  for (const [key, body] of before) expect(store.objects.get(key)).toEqual(body);
  expect([...store.objects.keys()].filter((key) => key.startsWith('seals/')).length).toBe([...before.keys()].filter((key) => key.startsWith('seals/')).length);
  return (error as Error).message;
}

describe('what the record heals by itself', () => {
  test('a state that was lost is made again from the history, the same bytes', async () => {
    const store = await threeRuns();
    const before = new Map(store.objects);
    store.objects.delete(stateKey(A.id));
    const result = await runOf(store, { assessments: [assessmentOf({ cluster: B, at: at(10), checks: { x: [{ name: 'two' }] } })] });
    expect(result.changes).toEqual([]);
    expect(store.objects.get(stateKey(A.id))).toEqual(before.get(stateKey(A.id)));
    await assertInvariants(store);
  });

  test('all states lost: still no first look', async () => {
    const store = await threeRuns();
    for (const key of await keysUnder(store, 'state/')) store.objects.delete(key);
    expect((await runOf(store, { assessments: looks(10, 'two') })).changes).toEqual([]);
    await assertInvariants(store);
  });

  test('a damaged state is made again', async () => {
    const store = await threeRuns();
    store.objects.set(stateKey(A.id), Buffer.from('damaged'));
    // Of a cluster that the newest seal does not name, too.
    await runOf(store, { assessments: [assessmentOf({ cluster: B, at: at(3), checks: { x: [{ name: 'two' }] } })] });
    store.objects.set(stateKey(A.id), Buffer.from('damaged again'));
    expect((await runOf(store, { assessments: looks(10, 'two') })).changes).toEqual([]);
    await assertInvariants(store);
  });

  test('staged states that are gone are told by the history', async () => {
    const store = await sealedOnly();
    for (const key of await keysUnder(store, 'staged/')) if (key.includes('/state/')) store.objects.delete(key);
    expect(told((await runOf(store, { assessments: looks(10, 'three') })).changes)).toEqual([]);
    expect((await readStates(store)).map(({ seq }) => seq)).toEqual([5, 5]);
  });

  test('a hint that is missing, wrong, or damaged costs nothing', async () => {
    for (const hint of [undefined, '{"seq":1}', '{"seq":99}', '{"seq":"x"}', 'damaged', '{"seq":-1}']) {
      const store = await threeRuns();
      if (hint === undefined) store.objects.delete(NEWEST_SEAL_HINT);
      else store.objects.set(NEWEST_SEAL_HINT, Buffer.from(hint));
      expect(await newestSeq(store)).toBe(3);
    }
  });

  test('other objects beside the seals are none', async () => {
    const store = await threeRuns();
    store.objects.set(`${sealKey(3)}.sig`, Buffer.from('signature'));
    expect((await runOf(store, { assessments: looks(10, 'two') })).seq).toBe(4);
  });
});

describe('where it stops and changes nothing', () => {
  test('history that is not what was committed', async () => {
    const store = await threeRuns();
    const key = (await keysUnder(store, 'history/changes/')).at(-1)!;
    store.objects.set(key, Buffer.from('other'));
    expect(await stopOf(store)).toBe(`${key} is not what seal 3 committed: it was changed afterwards. Restore it before the next run; nothing was changed.`);
  });

  test('a commit whose bytes are lost before they were published', async () => {
    const store = await sealedOnly();
    const staged = (await keysUnder(store, 'staged/')).find((key) => key.includes('/000000000004/history/changes/'))!;
    store.objects.delete(staged);
    expect(await stopOf(store)).toMatch(/^seal 4 \(run \w{26}\) cannot be completed: history\/changes\/.* is missing, and so are the bytes staged for it \(staged\/.* is gone or damaged\)\. Restore one of the two; until then nothing more is sealed\.$/);
    store.objects.set(staged, Buffer.from('other'));
    expect(await stopOf(store)).toContain('cannot be completed');
  });

  test('a seal that does not follow the one before it', async () => {
    const store = await threeRuns();
    const seal = fromJson(sealKey(2), store.objects.get(sealKey(2))!) as Seal;
    store.objects.set(sealKey(2), toJson({ ...seal, sealedAt: at(0) }));
    expect(await stopOf(store)).toBe('seals/000000000003.json does not follow seals/000000000002.json: one of them was changed after it was written. Restore it before the next run; nothing was changed.');
  });

  test('a missing seal, all of them missing, one under another name', async () => {
    const gap = await threeRuns();
    gap.objects.delete(sealKey(2));
    expect(await stopOf(gap)).toBe('seals/000000000002.json is missing: the chain of seals is broken. Restore it before the next run; nothing was changed.');
    const none = await threeRuns();
    for (const key of await keysUnder(none, 'seals/')) none.objects.delete(key);
    expect(await stopOf(none)).toMatch(/^state\/.*: not in the history \(there is no seal at all\)\. A part of the record was removed or added by hand\./);
    const renamed = await threeRuns();
    renamed.objects.set(sealKey(3), renamed.objects.get(sealKey(2))!);
    expect(await stopOf(renamed)).toContain('seals/000000000003.json says that it is seal 2');
  });

  test('seals that were removed while the run was going on', async () => {
    const store = await threeRuns();
    const run = await beginRun(store, { assessments: looks(10, 'ten') });
    const old = memoryStore();
    await runOf(old, { assessments: looks(0, 'one') });
    for (const [key, body] of store.objects) if (key.startsWith('runs/')) old.objects.set(key, body);
    await expect(finish(old, run)).rejects.toThrow('this run began when seal 3 was the newest; now it is 1. Seals were removed.');
  });

  test('a state of which the history knows nothing', async () => {
    const store = await threeRuns();
    store.objects.set('state/stranger.json.gz', store.objects.get(stateKey(A.id))!);
    expect(await stopOf(store)).toBe('state/stranger.json.gz: not in the history up to seal 3. A part of the record was removed or added by hand. Restore it before the next run; nothing was changed.');
  });

  test('a clock behind the newest look', async () => {
    const store = await threeRuns();
    expect(await stopOf(store, { now: new Date('2026-11-20T00:00:00Z') })).toBe(
      `the record's newest look is of ${at(2)}, but this clock says 2026-11-20T00:00:00.000Z. Looks are ordered by time, so nothing was compared. Set the clock right and run again.`,
    );
    const empty = memoryStore();
    expect(await stopOf(empty, { now: new Date('2026-11-20T00:00:00Z') })).toMatch(/^run \w{26} began on 2026-11-21T06:09:59.000Z, but this clock says 2026-11-20/);
  });

  test('a run that was never started here', async () => {
    const run = ulid();
    await expect(finish(memoryStore(), run)).rejects.toThrow(`run ${run} has no ${runKeys.scope(run)}: it was not started in this store, or its records have expired`);
  });

  test('a store that cannot be read is an error, never an empty one', async () => {
    const store = await threeRuns();
    const run = await beginRun(store, { assessments: looks(10, 'two') });
    for (const prefix of ['seals/', 'state/', 'runs/', 'history/']) {
      const refusing = store.as(({ kind, key }) => {
        if (kind !== 'put' && key.startsWith(prefix)) throw new Error('403 Access Denied');
      });
      await expect(finish(refusing, run)).rejects.toThrow('403 Access Denied');
    }
    expect(await newestSeq(store)).toBe(3);
  });
});

test('two processes that share the name of an attempt do not spoil what is staged', async () => {
  const store = await threeRuns();
  const run = await beginRun(store, { assessments: looks(10, 'ten') });
  const attempt = ulid();
  // The first one is about to seal; meanwhile the run's records change and a second one stages under the same name.
  const slow = store.as(async ({ kind, key, moment }) => {
    if (kind !== 'put' || !key.startsWith('seals/') || moment === 'after') return;
    const changed = store.copy();
    const other = await beginRun(changed, { assessments: looks(10, 'other') });
    for (const name of await keysUnder(changed, `runs/${other}/clusters/`)) store.objects.set(name.replace(other, run), changed.objects.get(name)!);
    await expect(reconcile(store, run, { attempt, now: () => NOW })).rejects.toThrow('two processes share the name');
  });
  await reconcile(slow, run, { attempt, now: () => NOW });
  await assertInvariants(store);
});

test('the history of one finding, in the order in which it was told', async () => {
  const store = await threeRuns();
  const { fingerprint, item } = (await readHistoryOf(store, { cluster: A.id })).flatMap((change) => ('finding' in change && change.finding.resource.name === 'one' ? [change.finding] : []))[0]!;
  expect(told(await readHistoryOf(store, { fingerprint }))).toEqual(['opened (first-look) x one medium', 'resolved (cluster) x one medium']);
  expect((await readHistoryOf(store, { item })).length).toBe(6);
  expect((await readHistoryOf(store, { check: 'x', cluster: B.id })).length).toBe(3);
  expect(await readHistoryOf(store, { check: 'y' })).toEqual([]);
  expect((await readHistoryOf(store, {})).map(({ seq }) => seq)).toEqual([1, 1, 2, 2, 3, 3]);
});
