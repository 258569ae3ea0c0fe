import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Answer } from '../../../lambda/collect/kubernetes/answer.ts';
import type { Connection } from '../../../lambda/collect/kubernetes/connection.ts';
import { createHttpReader, type GetRequest, type ReaderOptions } from '../../../lambda/collect/kubernetes/http-reader.ts';
import { certificate, httpsServer, sendJson, statusOf, type Handler, type TestServer } from './https-server.ts';
import { TestClock } from './test-clock.ts';

const CONNECT = 1_001;
const IDLE = 1_002;
const TOTAL = 1_003;

async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

interface Asked {
  readonly answer: Answer<unknown>;
  readonly clock: TestClock;
}

async function ask(connection: Connection, request: Partial<GetRequest<unknown>> = {}, options: Partial<ReaderOptions> & { clock?: TestClock } = {}): Promise<Asked> {
  const clock = options.clock ?? new TestClock();
  const reader = createHttpReader(connection, { random: () => 0.5, deadlines: { connectMs: CONNECT, idleMs: IDLE, totalMs: TOTAL }, ...options, clock });
  try {
    return { answer: await reader.get({ path: '/x', maxBytes: 1_000_000, read: text, ...request }), clock };
  } finally {
    reader.close();
    // A timer left running would keep a process alive that has nothing more to do.
    expect(clock.running()).toBe(0);
  }
}

async function askServer(handler: Handler, request?: Partial<GetRequest<unknown>>): Promise<Asked & { readonly server: TestServer }> {
  const server = await httpsServer(handler);
  await using _ = server;
  return { ...(await ask(server.connection, request)), server };
}

/** Answers each request with the next of these, and stays with the last. */
function inTurn(...handlers: Handler[]): Handler {
  let turn = 0;
  return (request, response) => handlers[Math.min(turn++, handlers.length - 1)]!(request, response);
}

const fine: Handler = (_, response) => sendJson(response, { fine: true });

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

test('shows a client certificate', async () => {
  await using server = await httpsServer((request, response) => sendJson(response, (request.socket as unknown as { getPeerCertificate(): { subject: object } }).getPeerCertificate().subject), {
    requestCert: true,
    rejectUnauthorized: true,
    ca: certificate('ca.crt'),
  });
  const { answer } = await ask({ ...server.connection, credentials: () => Promise.resolve({ headers: {}, cert: certificate('client.crt'), key: certificate('client.key') }) });
  expect(answer).toEqual({ ok: true, value: '{"CN":"auditor","O":"eksaminer"}' });
});

test('accepts a server by the name that the kubeconfig says its certificate has', async () => {
  await using server = await httpsServer(fine);
  expect((await ask({ ...server.connection, tlsServerName: 'kubernetes.test' })).answer.ok).toBe(true);
  expect((await ask({ ...server.connection, tlsServerName: 'elsewhere.test' })).answer).toEqual({
    ok: false,
    reason: { code: 'unreachable', message: `the certificate of ${server.server.host} is for another host, so nothing was sent to it; check server and certificate-authority-data in the kubeconfig` },
  });
});

test('trusts the CA of the cluster alone', async () => {
  await using server = await httpsServer(fine);
  const signedByAnother = {
    ok: false,
    reason: { code: 'unreachable', message: `the certificate of ${server.server.host} is not signed by the cluster's CA, so nothing was sent to it; check server and certificate-authority-data in the kubeconfig` },
  };
  expect((await ask({ ...server.connection, ca: certificate('other-ca.crt') })).answer).toEqual(signedByAnother);
  const { ca: _, ...withoutCa } = server.connection;
  expect((await ask(withoutCa)).answer).toEqual(signedByAnother);
  expect(server.requests).toEqual([]);
});

test('trusts nobody more because the environment says so', async () => {
  await using server = await httpsServer(fine);
  // In a process of its own, because Node looks at the real environment and a test sees a copy.
  const script = `
    const { createHttpReader } = await import(process.argv[1]);
    const { systemClock } = await import(process.argv[2]);
    const credentials = () => Promise.resolve({ headers: {} });
    const reader = createHttpReader({ server: new URL(process.argv[3]), credentials }, { clock: systemClock, random: Math.random });
    console.log((await reader.get({ path: '/x', maxBytes: 1000, read: () => Promise.resolve() })).reason.code);
    reader.close();`;
  const file = (name: string): string => new URL(`../../../lambda/collect/kubernetes/${name}`, import.meta.url).href;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, file('http-reader.ts'), file('clock.ts'), server.server.href], {
    env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  });
  expect(stdout).toBe('unreachable\n');
  expect(server.requests).toEqual([]);
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

test('cuts a server that takes the connection and says nothing', async () => {
  const clock = new TestClock();
  const sockets: { destroy(): void }[] = [];
  const silent = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    clock.expire(CONNECT);
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { answer } = await ask({ server: new URL(`https://${host}`), credentials: () => Promise.resolve({ headers: {} }) }, {}, { clock });
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
