import { describe, expect, test } from '@jest/globals';
import { putOnce, replaceOnce } from '../../lambda/storage/put-once.ts';
import { memoryStore, type Interference } from './memory-store.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const there = (store: ReturnType<typeof memoryStore>): string => Buffer.from(store.objects.get('k') ?? '').toString();

/** The first so many puts are answered by an error, at this moment. */
function faults(count: number, at: 'before' | 'after'): Interference {
  let left = count;
  return ({ kind, moment }) => {
    if (kind === 'put' && moment === at && left-- > 0) throw new Error('503 Slow Down');
  };
}

describe.each(['before', 'after'] as const)('answered by an error %s it took effect', (moment) => {
  test('a creation is ours', async () => {
    const store = memoryStore();
    expect(await putOnce(store.as(faults(3, moment)), 'k', bytes('ours'))).toBe(true);
    expect(there(store)).toBe('ours');
  });

  test('a replacement is ours', async () => {
    const store = memoryStore();
    const { etag } = await store.put('k', bytes('before'));
    expect(await replaceOnce(store.as(faults(3, moment)), 'k', bytes('ours'), etag)).toBe(true);
    expect(there(store)).toBe('ours');
  });
});

test("what is there already is another's, or ours where the bytes are", async () => {
  const store = memoryStore();
  await store.put('k', bytes('theirs'));
  expect(await putOnce(store, 'k', bytes('ours'))).toBe(false);
  expect(await putOnce(store, 'k', bytes('theirs'))).toBe(true);
});

test('what is not as its writer saw it is left as it is; what is gone is not made', async () => {
  const store = memoryStore();
  const { etag } = await store.put('k', bytes('before'));
  await store.put('k', bytes('theirs'));
  expect(await replaceOnce(store, 'k', bytes('ours'), etag)).toBe(false);
  expect(there(store)).toBe('theirs');
  store.objects.clear();
  expect(await replaceOnce(store, 'k', bytes('ours'), etag)).toBe(false);
  expect(store.objects.size).toBe(0);
});

test('what cannot be settled is the error that it was', async () => {
  const store = memoryStore();
  const { etag } = await store.put('k', bytes('before'));
  await expect(putOnce(store.as(faults(Infinity, 'before')), 'new', bytes('ours'))).rejects.toThrow('503 Slow Down');
  await expect(replaceOnce(store.as(faults(Infinity, 'before')), 'k', bytes('ours'), etag)).rejects.toThrow('503 Slow Down');
  expect(there(store)).toBe('before');
});
