import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ask, fine } from './asking.ts';
import { certificate, httpsServer, sendJson } from './https-server.ts';

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
