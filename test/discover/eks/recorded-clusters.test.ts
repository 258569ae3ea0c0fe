import { expect, test } from '@jest/globals';
import { recordedClusters } from '../../../lambda/discover/eks/recorded-clusters.ts';
import { stateKey } from '../../../lambda/storage/layout.ts';
import { toJsonGzip } from '../../../lambda/storage/stored-json.ts';
import { memoryStore } from '../../storage/memory-store.ts';
import { arn, HUB } from './fleet.ts';

test('clusters of the record that are not gone; the state of one that is listed is not read', async () => {
  const store = memoryStore();
  const read: string[] = [];
  const listed = arn(HUB, 'eu-west-1', 'listed');
  const unlisted = arn(HUB, 'eu-west-1', 'unlisted');
  const gone = arn(HUB, 'eu-west-1', 'gone');
  for (const id of [listed, unlisted, gone, 'uid:0']) {
    await store.put(stateKey(id), toJsonGzip({ cluster: { id, label: id }, ...(id === gone ? { gone: { at: '2026-11-21T06:00:00.000Z' } } : {}) }));
  }
  const watched = { ...store, get: (key: string) => (read.push(key), store.get(key)) };
  const ids: string[] = [];
  for await (const id of recordedClusters(watched, [listed, arn(HUB, 'eu-west-1', 'new')])) ids.push(id);
  expect(ids.sort()).toEqual([listed, unlisted, 'uid:0'].sort());
  expect(read.sort()).toEqual([gone, unlisted, 'uid:0'].map(stateKey).sort());
});
