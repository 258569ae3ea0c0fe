import { expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { ask, askServer, fine, inTurn } from './asking.ts';
import { httpsServer, sendJson, statusOf, type Handler } from './https-server.ts';

test('reads an answer, signed in, as a GET', async () => {
  const { answer, server, clock } = await askServer((request, response) => sendJson(response, { authorization: request.headers.authorization, agent: request.headers['user-agent'] }), { path: '/api?limit=1' });
  expect(answer).toEqual({ ok: true, value: '{"authorization":"Bearer right","agent":"eksaminer"}' });
  expect(server.requests).toEqual(['GET /api?limit=1']);
  expect(clock.waits).toEqual([]);
});

test('keeps the path that stands in the server address', async () => {
  await using server = await httpsServer(fine);
  await ask({ ...server.connection, server: new URL('/k8s/clusters/c-1/', server.server) });
  expect(server.requests).toEqual(['GET /k8s/clusters/c-1/x']);
});

test('unpacks gzip', async () => {
  const { answer } = await askServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify(request.headers['accept-encoding'])));
  });
  expect(answer).toEqual({ ok: true, value: '"gzip"' });
});

test('follows no redirect', async () => {
  await using other = await httpsServer(fine);
  await using server = await httpsServer((_, response) => response.writeHead(302, { location: `${other.server}api` }).end());
  const { answer } = await ask(server.connection);
  expect(answer).toEqual({ ok: false, status: 302, reason: { code: 'unreadable', message: expect.stringMatching(/^127\.0\.0\.1:\d+ redirects to https:\/\/127\.0\.0\.1:\d+\/api; not followed, because credentials go to the cluster alone$/) } });
  expect(other.requests).toEqual([]);
});

test('refuses what is not JSON, and says what it is', async () => {
  const { answer, server } = await askServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'));
  expect(answer).toEqual({ ok: false, status: 200, reason: { code: 'unreadable', message: `${server.server.host} answers as text/html, not as JSON: is it a Kubernetes API server?` } });
});

test.each([
  [403, 'forbidden', 'the API server answered 403: pods is forbidden'],
  [404, 'unavailable', 'the API server answered 404: pods is forbidden'],
  [410, 'unavailable', 'the API server answered 410: pods is forbidden'],
])('gives %i back at once', async (status, code, message) => {
  const { answer, clock } = await askServer((_, response) => sendJson(response, statusOf(status, 'pods is forbidden'), status));
  expect(answer).toEqual({ ok: false, status, reason: { code, message } });
  expect(clock.waits).toEqual([]);
});

test('makes a line of what a server says, without control characters, and no longer than people read', async () => {
  const { answer } = await askServer((_, response) => sendJson(response, statusOf(403, `no\u001b[2J\n\u202e${'x'.repeat(5_000)}`), 403));
  expect(answer.ok ? '' : answer.reason.message).toMatch(/^the API server answered 403: no \[2J x{292}…$/);
});

test('passes over an error page that is endless', async () => {
  const { answer } = await askServer((_, response) => response.writeHead(403).end('x'.repeat(900_000)));
  expect(answer).toEqual({ ok: false, status: 403, reason: { code: 'forbidden', message: 'the API server answered 403' } });
});

test('waits as long as a 429 asks, and half a base more', async () => {
  const busy: Handler = (_, response) => sendJson(response, statusOf(429, 'too many'), 429, { 'retry-after': '3' });
  const { answer, clock } = await askServer(inTurn(busy, busy, fine));
  expect(answer.ok).toBe(true);
  expect(clock.waits).toEqual([3_250, 3_250]);
});

test('understands a Retry-After date, and waits a minute at most', async () => {
  const busy = (after: string): Handler => (_, response) => sendJson(response, statusOf(503, 'restarting'), 503, { 'retry-after': after });
  const { clock } = await askServer(inTurn(busy('Sat, 21 Nov 2026 06:00:10 GMT'), busy('86400'), busy('soon'), fine));
  expect(clock.waits).toEqual([10_250, 60_250, 2_000]);
});

test('gives up on 5xx after five attempts, further and further apart', async () => {
  const { answer, clock, server } = await askServer((_, response) => sendJson(response, statusOf(500, 'etcd is gone'), 500));
  expect(answer).toEqual({ ok: false, status: 500, reason: { code: 'unavailable', message: 'the API server answered 500: etcd is gone' } });
  expect(clock.waits).toEqual([500, 1_000, 2_000, 4_000]);
  expect(server.requests).toHaveLength(5);
});

test('begins again when an answer breaks off, plain or packed', async () => {
  const broken: Handler = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"a":', () => response.destroy());
  };
  const brokenGzip: Handler = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    const packed = gzipSync('"abcdefgh"');
    response.end(packed.subarray(0, packed.length - 9));
  };
  const { answer, server } = await askServer(inTurn(broken, brokenGzip, fine));
  expect(answer).toEqual({ ok: true, value: '{"fine":true}' });
  expect(server.requests).toHaveLength(3);
});

test('says so when answers keep breaking off', async () => {
  const { answer, server } = await askServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"a":', () => response.destroy());
  });
  expect(answer).toEqual({ ok: false, reason: { code: 'unreachable', message: `${server.server.host} ended the connection before its answer was complete` } });
  expect(server.requests).toHaveLength(5);
});

test('stops reading at the byte cap, counted after unpacking', async () => {
  const { answer, server } = await askServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(3 * 2 ** 20, ' ')));
  }, { maxBytes: 2 ** 20 });
  expect(answer).toEqual({ ok: false, reason: { code: 'too-large', message: 'an answer is larger than 1 MB' } });
  expect(server.requests).toHaveLength(1);
});
