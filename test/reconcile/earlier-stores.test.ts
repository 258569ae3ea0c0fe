import { expect, test } from '@jest/globals';
import { gunzipSync } from 'node:zlib';
import type { Seal } from '../../lambda/model/seal.ts';
import { readHistoryOf, readStates } from '../../lambda/reconcile/reconcile.ts';
import { sealKey, stateKey } from '../../lambda/storage/layout.ts';
import { fromJson, fromJsonGzip, fromJsonLines, sha256, toJson, toJsonGzip, toJsonLinesGzip } from '../../lambda/storage/stored-json.ts';
import { KilledError, memoryStore, type MemoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { beginRun, finish, runOf, told } from './run-of.ts';

const A = cluster('a');
const looks = (minute: number, ...names: string[]) => [A, cluster('b')].map((identity) => assessmentOf({ cluster: identity, at: at(minute), checks: { x: names.map((name) => ({ name })) } }));

/** Writes the newest commit anew in the earlier form: states packed in one piece, each row with its seal's number, no counts. */
function asBefore(store: MemoryStore, seq: number): void {
  const { counts: _, ...seal } = fromJson(sealKey(seq), store.objects.get(sealKey(seq))!) as Seal;
  const objects = seal.objects.map(({ key, staged, ending }) => {
    const body = store.objects.get(staged)!;
    const rows = (): object[] => fromJsonLines(key, gunzipSync(body)) as object[];
    const bytes = ending ? toJsonGzip({ ...(JSON.parse(`${gunzipSync(body).toString()}}`) as object), seq }) : toJsonLinesGzip(rows().map((row) => ({ ...row, seq })));
    store.objects.set(staged, bytes);
    if (store.objects.has(key)) store.objects.set(key, bytes);
    return { key, staged, sha256: sha256(bytes), size: bytes.byteLength };
  });
  store.objects.set(sealKey(seq), toJson({ ...seal, objects }));
}

test('a store in the earlier form goes on: its states are known, its history is told', async () => {
  const store = memoryStore();
  await runOf(store, { assessments: looks(0, 'one', 'two') });
  asBefore(store, 1);
  const next = await runOf(store, { assessments: looks(1, 'two') });
  expect(told(next.changes)).toEqual(['resolved (cluster) x one medium', 'resolved (cluster) x one medium']);
  expect(next.before.get(A.id)).toMatchObject({ seq: 1, findings: [{}, {}] });
  expect((await readHistoryOf(store, { cluster: A.id })).map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(['1 opened', '1 opened', '2 resolved']);
  store.objects.delete(stateKey(A.id));
  expect((await runOf(store, { assessments: looks(2, 'two') })).changes).toEqual([]);
});

test('a commit that was left half done in the earlier form is completed as it was staged', async () => {
  const store = memoryStore();
  await runOf(store, { assessments: looks(0, 'one') });
  asBefore(store, 1);
  const run = await beginRun(store, { assessments: looks(1, 'two') });
  let sealed = false;
  const dies = store.as(({ kind, key, moment }) => {
    if (sealed) throw new KilledError();
    sealed = kind === 'put' && key.startsWith('seals/') && moment === 'after';
  });
  await expect(finish(dies, run)).rejects.toThrow(KilledError);
  const seal = fromJson(sealKey(2), store.objects.get(sealKey(2))!) as Seal;
  asBefore(store, 2);
  expect((await finish(store, run)).seq).toBe(2);
  expect((await readStates(store)).map(({ seq, findings }) => `${seq} ${findings.map(({ resource }) => resource.name).join(' ')}`)).toEqual(['2 two', '2 two']);
  expect(fromJsonGzip('state', store.objects.get(stateKey(A.id))!)).toEqual(fromJsonGzip('state', store.objects.get(seal.objects.find(({ key }) => key === stateKey(A.id))!.staged)!));
});
