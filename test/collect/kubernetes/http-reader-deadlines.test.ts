import { expect, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { createHttpReader } from '../../../lambda/collect/kubernetes/http-reader.ts';
import { ask, CONNECT, fine, IDLE, text, TOTAL } from './asking.ts';
import { httpsServer, sendJson, statusOf } from './https-server.ts';
import { TestClock } from './test-clock.ts';

test('cuts a server that takes the connection and says nothing', async () => {
  const clock = new TestClock();
  const sockets: { destroy(): void }[] = [];
  const silent = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    clock.expire(CONNECT);
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { answer } = await ask({ server: new URL(`https://${host}`), certificateAdvice: '', credentials: () => Promise.resolve({ headers: {} }) }, {}, { clock });
  expect(answer).toEqual({ ok: false, reason: { code: 'timeout', message: `${host} did not answer in 2 s` } });
  expect(sockets).toHaveLength(2);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
});

test('cuts a server that takes the question and says nothing', async () => {
  const clock = new TestClock();
  await using server = await httpsServer(() => clock.expire(IDLE));
  const { answer } = await ask(server.connection, {}, { clock });
  expect(answer).toEqual({ ok: false, reason: { code: 'timeout', message: `${server.server.host} said nothing for 2 s` } });
  expect(server.requests).toHaveLength(2);
});

test.each([
  [IDLE, 'said nothing for 2 s'],
  [TOTAL, 'did not finish its answer in 2 s'],
])('cuts an answer that drips (%i)', async (deadline, message) => {
  const clock = new TestClock();
  await using server = await httpsServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('[');
  });
  const { answer } = await ask(server.connection, {
    async read(body) {
      for await (const _ of body) clock.expire(deadline);
      return 'read to its end';
    },
  }, { clock });
  expect(answer).toEqual({ ok: false, reason: { code: 'timeout', message: `${server.server.host} ${message}` } });
});

test('tries nothing more when the time for the cluster is over', async () => {
  const clock = new TestClock();
  await using server = await httpsServer(fine);
  const reader = createHttpReader(server.connection, { clock, random: () => 0.5, deadlineMs: 300_000 });
  clock.pass(300_000);
  expect(await reader.get({ path: '/x', maxBytes: 1_000, read: text })).toEqual({ ok: false, reason: { code: 'timeout', message: 'not read any more: this cluster took longer than 5 minutes' } });
  reader.close();
  expect(server.requests).toEqual([]);
});

test('does not wait past the time for the cluster', async () => {
  await using server = await httpsServer((_, response) => sendJson(response, statusOf(503, 'busy'), 503, { 'retry-after': '50' }));
  const { answer, clock } = await ask(server.connection, {}, { deadlineMs: 40_000 });
  expect(answer).toMatchObject({ ok: false, status: 503 });
  expect(clock.waits).toEqual([]);
});

test('tries a port where nothing listens twice, then once for each request', async () => {
  const server = await httpsServer(fine);
  await server[Symbol.asyncDispose]();
  const clock = new TestClock();
  const reader = createHttpReader(server.connection, { clock, random: () => 0.5 });
  const down = { ok: false, reason: { code: 'unreachable', message: `nothing listens at ${server.server.host} (connection refused)` } };
  expect(await reader.get({ path: '/x', maxBytes: 1_000, read: text })).toEqual(down);
  expect(clock.waits).toEqual([500]);
  expect(await reader.get({ path: '/y', maxBytes: 1_000, read: text })).toEqual(down);
  expect(clock.waits).toEqual([500]);
  reader.close();
});
