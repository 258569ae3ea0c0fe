import { expect, test } from '@jest/globals';
import type { Seal } from '../../lambda/model/seal.ts';
import { readStates } from '../../lambda/reconcile/reconcile.ts';
import { NewerRecordError } from '../../lambda/storage/known-schema.ts';
import { runKeys, sealKey, stateKey } from '../../lambda/storage/layout.ts';
import { fromJson, fromJsonGzip, toJson, toJsonGzip } from '../../lambda/storage/stored-json.ts';
import { memoryStore, type MemoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { beginRun, finish, runOf } from './run-of.ts';

const A = cluster('a');
const look = (minute: number, name: string) => assessmentOf({ cluster: A, at: at(minute), checks: { x: [{ name }] } });

/** A record of one run, another run that is to be reconciled, and what a newer program made of one object. */
async function given(change: (store: MemoryStore, run: string) => [key: string, body: Uint8Array]): Promise<{ store: MemoryStore; run: string; key: string }> {
  const store = memoryStore();
  await runOf(store, { assessments: [look(0, 'one')] });
  const run = await beginRun(store, { assessments: [look(1, 'two')] });
  const [key, body] = change(store, run);
  store.objects.set(key, body);
  return { store, run, key };
}

const newer = (value: unknown) => ({ ...(value as object), schemaVersion: 2, news: ['unheard of'] });
const sealed = (store: MemoryStore): [string, Uint8Array] => [sealKey(1), toJson(newer(fromJson(sealKey(1), store.objects.get(sealKey(1))!) as Seal))];
const state = (store: MemoryStore): [string, Uint8Array] => [stateKey(A.id), toJsonGzip(newer(fromJsonGzip('', store.objects.get(stateKey(A.id))!)))];
const scope = (store: MemoryStore, run: string): [string, Uint8Array] => [runKeys.scope(run), toJson(newer(fromJson('', store.objects.get(runKeys.scope(run))!)))];

test.each([
  ['seal', sealed],
  ['state', state],
  ['scope', scope],
])('a %s of a newer version stops the run before anything is written', async (_what, change) => {
  const { store, run, key } = await given(change);
  const before = new Map(store.objects);
  const error: unknown = await finish(store, run).catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(NewerRecordError);
  expect((error as Error).message).toBe(
    `the record was written by a newer version of Eksaminer (${key} has schema 2, this version knows 1). Use that version, or keep a record of its own elsewhere; nothing was changed.`,
  );
  expect(store.objects).toEqual(before);
});

test('a state of a newer version is not shown as if it were understood', async () => {
  const { store } = await given(state);
  await expect(readStates(store)).rejects.toThrow(NewerRecordError);
  await expect(readStates(store, [A.id])).rejects.toThrow(NewerRecordError);
});

test('an assessment of a newer version is one that cannot be read', async () => {
  const store = memoryStore();
  const run = await beginRun(store, { assessments: [{ ...look(0, 'one'), schemaVersion: 2 as 1 }] });
  const { looks, states } = await finish(store, run);
  expect(looks.map(({ result, reason }) => [result, reason])).toEqual([['missed', expect.stringContaining('has schema 2, this version knows 1')]]);
  expect(states.flatMap(({ findings }) => findings)).toEqual([]);
});
