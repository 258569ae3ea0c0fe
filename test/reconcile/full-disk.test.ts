import { expect, test } from '@jest/globals';
import { withStoreErrors } from '../../bin/open-store.ts';
import { readStates } from '../../lambda/reconcile/reconcile.ts';
import { memoryStore, type MemoryStore } from '../storage/memory-store.ts';
import { assessmentOf, at, cluster } from './assessment-of.ts';
import { assertInvariants } from './invariants.ts';
import { beginRun, finish, runOf, told } from './run-of.ts';

const A = cluster('a');
const look = (minute: number, ...names: string[]) => assessmentOf({ cluster: A, at: at(minute), checks: { x: names.map((name) => ({ name })) } });
const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

/** The disk is full from the put with this number on. */
function fullFrom(store: MemoryStore, put: number): MemoryStore {
  let puts = 0;
  return store.as(({ kind, moment }) => {
    if (kind === 'put' && moment === 'before' && puts++ >= put) throw full();
  });
}

async function prepared(): Promise<{ store: MemoryStore; run: string }> {
  const store = memoryStore();
  await runOf(store, { assessments: [look(0, 'one', 'two')] });
  return { store, run: await beginRun(store, { assessments: [look(1, 'two', 'three')] }) };
}

const template = await prepared();
const reference = await finish(template.store.copy(), template.run);
const puts: string[] = [];
await finish(template.store.copy().as(({ kind, key, moment }) => void (kind === 'put' && moment === 'before' && puts.push(key))), template.run);
/** The hint of the newest seal may be missing: the next reader lists more seals. */
const needed = puts.filter((key) => !key.startsWith('hints/'));

test.each(needed.map((key, index) => [key.replaceAll(/[0-9A-Z]{26}/g, '<ulid>'), index] as const))('a disk that is full before %s: said, and once there is room the run is completed', async (_key, index) => {
  const store = template.store.copy();
  await expect(finish(fullFrom(store, index), template.run)).rejects.toMatchObject({ code: 'ENOSPC' });
  const { changes } = await finish(store, template.run);
  expect(told(changes)).toEqual(told(reference.changes));
  expect((await readStates(store)).flatMap(({ findings }) => findings.map(({ resource }) => resource.name)).sort()).toEqual(['three', 'two']);
  await assertInvariants(store);
});

test('a disk that is full for the hint alone does no harm', async () => {
  expect(puts.length).toBe(needed.length + 1);
  const store = template.store.copy();
  expect(told((await finish(fullFrom(store, needed.length), template.run)).changes)).toEqual(told(reference.changes));
  await assertInvariants(store);
});

test('people are told in words', async () => {
  await expect(withStoreErrors('/data/record', () => Promise.reject(full()))).rejects.toMatchObject({
    name: 'UsageError',
    message: 'the record cannot be kept in /data/record/: the disk is full. Name another directory with --store',
  });
});
