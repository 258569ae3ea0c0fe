import { expect, test } from '@jest/globals';
import { createHttpReader } from '../../../lambda/collect/kubernetes/http-reader.ts';
import { ask, fine, text } from './asking.ts';
import { httpsServer, sendJson, statusOf } from './https-server.ts';
import { TestClock } from './test-clock.ts';

test('renews credentials that a 401 ends, once for all requests', async () => {
  await using server = await httpsServer((request, response) => (request.headers.authorization === 'Bearer 2' ? sendJson(response, 'in') : sendJson(response, statusOf(401, 'Unauthorized'), 401)));
  const asked: boolean[] = [];
  const clock = new TestClock();
  const reader = createHttpReader(
    { ...server.connection, credentials: (again) => Promise.resolve({ headers: { Authorization: `Bearer ${asked.push(again)}` } }) },
    { clock, random: () => 0.5 },
  );
  const request = { path: '/x', maxBytes: 1_000, read: text };
  const answers = await Promise.all([reader.get(request), reader.get(request), reader.get(request)]);
  reader.close();
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(asked).toEqual([false, true]);
});

test('asks no plugin again for a server that refuses fresh credentials', async () => {
  await using server = await httpsServer((_, response) => sendJson(response, statusOf(401, 'Unauthorized'), 401));
  const asked: boolean[] = [];
  const reader = createHttpReader(
    { ...server.connection, credentials: (again) => Promise.resolve({ headers: { Authorization: `Bearer ${asked.push(again)}` } }) },
    { clock: new TestClock(), random: () => 0.5 },
  );
  for (let i = 0; i < 3; i++) {
    expect(await reader.get({ path: '/x', maxBytes: 1_000, read: text })).toEqual({ ok: false, status: 401, reason: { code: 'unauthorized', message: 'the API server does not accept the credentials (401)' } });
  }
  reader.close();
  expect(asked).toEqual([false, true]);
});

test('sends nothing when there are no credentials', async () => {
  await using server = await httpsServer(fine);
  const { answer } = await ask({ ...server.connection, credentials: () => Promise.reject(new Error('aws is not installed here; \u001b[1mget it')) });
  expect(answer).toEqual({ ok: false, reason: { code: 'unauthorized', message: 'no credentials to sign in with: aws is not installed here;  [1mget it' } });
  expect(server.requests).toEqual([]);
});
