import { expect, test } from '@jest/globals';
import { heldCredentials } from '../../../lambda/collect/eks/held-credentials.ts';

const START = Date.UTC(2026, 10, 21, 6);
const HOUR = 60 * 60_000;

function given(lifetimeMs: number | undefined) {
  const state = { now: START, asked: 0, fails: false };
  const credentials = heldCredentials(
    () => {
      state.asked += 1;
      if (state.fails) return Promise.reject(new Error('STS is down'));
      return Promise.resolve({ accessKeyId: `key-${state.asked}`, secretAccessKey: 's', ...(lifetimeMs === undefined ? {} : { expiration: new Date(state.now + lifetimeMs) }) });
    },
    () => new Date(state.now),
  );
  return { state, key: async () => (await credentials()).accessKeyId };
}

test('keys are asked for once, however many ask at once', async () => {
  const { state, key } = given(HOUR);
  expect(await Promise.all([key(), key(), key()])).toEqual(['key-1', 'key-1', 'key-1']);
  state.now += 54 * 60_000;
  expect(await key()).toBe('key-1');
  expect(state.asked).toBe(1);
});

test('keys that are about to end are asked for again, once', async () => {
  const { state, key } = given(HOUR);
  await key();
  state.now += 56 * 60_000;
  expect(await Promise.all([key(), key()])).toEqual(['key-2', 'key-2']);
  expect(state.asked).toBe(2);
});

test('keys without an end are kept, and keys that never last are used as they come', async () => {
  const lasting = given(undefined);
  await lasting.key();
  lasting.state.now += 100 * HOUR;
  expect(await lasting.key()).toBe('key-1');
  const short = given(60_000);
  expect([await short.key(), await short.key()]).toEqual(['key-1', 'key-2']);
});

test('a failure is not kept', async () => {
  const { state, key } = given(HOUR);
  state.fails = true;
  await expect(key()).rejects.toThrow('STS is down');
  state.fails = false;
  expect(await key()).toBe('key-2');
});
