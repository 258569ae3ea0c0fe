import { expect, test } from '@jest/globals';
import type { RunScope } from '../../lambda/model/run-scope.ts';
import { runKeys } from '../../lambda/storage/layout.ts';
import { writeScope } from '../../lambda/storage/run-records.ts';
import { toJson } from '../../lambda/storage/stored-json.ts';
import { memoryStore } from './memory-store.ts';

const RUN = '01J00000000000000000000000';

function scope(baseSeq: number): RunScope {
  return { schemaVersion: 1, run: RUN, startedAt: '2026-11-21T06:00:00.000Z', trigger: 'schedule', clusters: 'all', listings: [], configuration: 'c', version: '0', baseSeq };
}

test('of two attempts that discover for one run, the scope of the first counts', async () => {
  const store = memoryStore();
  expect(await writeScope(store, scope(4))).toBe(true);
  // A seal came between the two: by this scope the run would not know that it is sealed already.
  expect(await writeScope(store, scope(5))).toBe(false);
  expect(Buffer.from((await store.get(runKeys.scope(RUN)))!.body)).toEqual(Buffer.from(toJson(scope(4))));
  expect(await writeScope(store, scope(4))).toBe(true);
});
