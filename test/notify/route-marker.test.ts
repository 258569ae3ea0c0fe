import { describe, expect, test } from '@jest/globals';
import { claimTurn, nextTurn } from '../../lambda/notify/route-marker.ts';
import { memoryStore, type MemoryStore, type Operation } from '../storage/memory-store.ts';

const NOW = new Date('2026-11-21T12:00:00.000Z');

/** A route that was told of these ranges. */
async function toldOf(...ranges: readonly (readonly [from: number, to: number])[]): Promise<MemoryStore> {
  const store = memoryStore();
  for (const [from, to] of ranges) await (await claimTurn(store, 'r', { state: 'open', from, to }, 'me', () => NOW, 1))!.complete('told');
  return store;
}

describe('what comes next', () => {
  test('is all that was sealed since the start, or since the newest message', async () => {
    expect(await nextTurn(memoryStore(), 'r', 4, 6, NOW)).toEqual({ state: 'open', from: 5, to: 6 });
    expect(await nextTurn(await toldOf([5, 6], [7, 9]), 'r', 4, 12, NOW)).toEqual({ state: 'open', from: 10, to: 12 });
    expect(await nextTurn(await toldOf([5, 6], [7, 9]), 'r', 4, 9, NOW)).toEqual({ state: 'done', seq: 9 });
    expect(await nextTurn(memoryStore(), 'r', 4, 4, NOW)).toEqual({ state: 'done', seq: 4 });
  });

  test('is no more than a reader can hold', async () => {
    expect(await nextTurn(memoryStore(), 'r', 0, 700, NOW)).toEqual({ state: 'open', from: 1, to: 500 });
  });

  test('is found near the newest seal without listing all that ever was told', async () => {
    const store = await toldOf(...Array.from({ length: 50 }, (_, index) => [index * 100 + 1, index * 100 + 100] as const));
    const lists: Operation[] = [];
    const told = store.as((operation) => void (operation.kind === 'list' && operation.moment === 'before' && lists.push(operation)));
    expect(await nextTurn(told, 'r', 0, 5_000, NOW)).toEqual({ state: 'done', seq: 5_000 });
    expect(lists).toHaveLength(1);
  });

  test('is found where the route slept for long', async () => {
    expect(await nextTurn(await toldOf([1, 2], [3, 10]), 'r', 0, 5_000, NOW)).toEqual({ state: 'open', from: 11, to: 510 });
  });
});

test('a claim is one of two at once, is taken over when it has expired, and its first owner then changes nothing', async () => {
  const store = memoryStore();
  const turn = { state: 'open', from: 1, to: 2 } as const;
  const claims = await Promise.all(['a', 'b'].map((by) => claimTurn(store, 'r', turn, by, () => NOW, 1_000)));
  const [first] = claims.filter((claim) => claim !== undefined);
  expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  expect(await nextTurn(store, 'r', 0, 9, new Date(NOW.getTime() + 999))).toEqual({ state: 'busy', seq: 0 });
  const later = new Date(NOW.getTime() + 1_000);
  const over = (await nextTurn(store, 'r', 0, 9, later)) as Extract<Awaited<ReturnType<typeof nextTurn>>, { state: 'open' }>;
  expect(over).toMatchObject({ state: 'open', from: 1, to: 2 });
  const second = (await claimTurn(store, 'r', over, 'c', () => later, 1_000))!;
  expect(await claimTurn(store, 'r', over, 'd', () => later, 1_000)).toBeUndefined();
  expect(await first!.complete('told')).toBe(false);
  await first!.release();
  expect(await nextTurn(store, 'r', 0, 9, later)).toEqual({ state: 'busy', seq: 0 });
  expect(await second.complete('quiet')).toBe(true);
  expect(await nextTurn(store, 'r', 0, 9, later)).toEqual({ state: 'open', from: 3, to: 9 });
});
