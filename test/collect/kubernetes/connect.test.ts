import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../../lambda/collect/kubernetes/connect.ts';
import type { Connection } from '../../../lambda/collect/kubernetes/connection.ts';
import { createHttpReader } from '../../../lambda/collect/kubernetes/http-reader.ts';
import { folder, kubeconfig, type Folder } from '../../discover/kubeconfig-file.ts';
import { certificate, httpsServer, sendJson, statusOf } from './https-server.ts';
import { TestClock } from './test-clock.ts';

let dir: Folder;
beforeEach(() => {
  dir = folder();
});
afterEach(() => dir[Symbol.dispose]());

const CA = certificate('ca.crt').toString('base64');

async function connectTo(cluster: object, user: object = {}): Promise<ReturnType<typeof connect>> {
  const file = dir.file('config', kubeconfig({ prod: { cluster, user } }));
  return connect({ via: 'kubeconfig', label: 'prod', context: 'prod', kubeconfig: file });
}

async function connection(cluster: object, user: object = {}): Promise<Connection> {
  const connected = await connectTo(cluster, user);
  if (!connected.ok) throw new Error(connected.reason.message);
  return connected.connection;
}

async function headersFor(user: object): Promise<object> {
  return (await (await connection({}, user)).credentials(false)).headers;
}

async function complaintOf(user: object): Promise<string> {
  return (await connection({}, user)).credentials(false).then(
    () => 'no complaint',
    (error: Error) => error.message,
  );
}

test('takes server, CA and name from the kubeconfig, with relative paths from its folder', async () => {
  dir.file('ca.pem', certificate('ca.crt').toString());
  const { server, ca, tlsServerName } = await connection({ server: 'https://10.0.0.1:6443/base/', 'certificate-authority': 'ca.pem', 'tls-server-name': 'kubernetes.test' });
  expect([server.href, ca, tlsServerName]).toEqual(['https://10.0.0.1:6443/base', certificate('ca.crt'), 'kubernetes.test']);
  expect((await connection({ 'certificate-authority-data': CA })).ca).toEqual(certificate('ca.crt'));
  expect(await connection({})).not.toHaveProperty('ca');
});

test.each<[object, string]>([
  [{ 'insecure-skip-tls-verify': true }, 'context "prod": insecure-skip-tls-verify is set, so anybody on the way could take the credentials; put the cluster\'s CA into certificate-authority-data instead'],
  [{ server: 'http://10.0.0.1:8080' }, 'context "prod": its server http://10.0.0.1:8080 is not https, and credentials are not sent in the clear'],
  [{ server: 'api.test' }, 'context "prod": its server "api.test" is no address'],
  [{ server: '' }, 'context "prod": the cluster that it names is not in the kubeconfig, or has no server'],
  [{ 'proxy-url': 'socks5://127.0.0.1:1080' }, 'context "prod": it is reached through a proxy (proxy-url), which is not supported yet; make a capture from a machine with a direct way, and audit that'],
])('refuses %j', async (cluster, message) => {
  expect(await connectTo(cluster)).toEqual({ ok: false, reason: { code: 'not-configured', message } });
});

test('refuses a CA file that is not there', async () => {
  const file = join(dir.path, 'gone.pem');
  expect(await connectTo({ 'certificate-authority': 'gone.pem' })).toEqual({ ok: false, reason: { code: 'unreadable', message: `context "prod": its CA file ${file} cannot be read (ENOENT)` } });
});

test('signs in with a token, a token file that is read again, or a password', async () => {
  expect(await headersFor({ token: 'secret' })).toEqual({ Authorization: 'Bearer secret' });
  expect(await headersFor({ username: 'me', password: 'pass' })).toEqual({ Authorization: `Basic ${Buffer.from('me:pass').toString('base64')}` });
  expect(await headersFor({})).toEqual({});
  dir.file('token', 'first\n');
  const { credentials } = await connection({}, { token: 'old', tokenFile: 'token' });
  expect((await credentials(false)).headers).toEqual({ Authorization: 'Bearer first' });
  dir.file('token', 'second\n');
  expect((await credentials(true)).headers).toEqual({ Authorization: 'Bearer second' });
});

test('signs in with a client certificate', async () => {
  dir.file('client.crt', certificate('client.crt').toString());
  const { credentials } = await connection({}, { 'client-certificate': 'client.crt', 'client-key-data': certificate('client.key').toString('base64') });
  expect(await credentials(false)).toEqual({ headers: {}, cert: certificate('client.crt'), key: certificate('client.key') });
});

test('looks as whom the kubeconfig says, groups included', async () => {
  expect(await headersFor({ token: 't', as: 'auditor', 'as-groups': ['a', 'b'], 'as-uid': '7', 'as-user-extra': { 'example.com/why': ['audit'] } })).toEqual({
    Authorization: 'Bearer t',
    'Impersonate-User': 'auditor',
    'Impersonate-Group': ['a', 'b'],
    'Impersonate-Uid': '7',
    'Impersonate-Extra-example.com%2Fwhy': ['audit'],
  });
});

/** A credential plugin: Node with this script. */
function plugin(script: string, more: object = {}): object {
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script], ...more } };
}

function prints(status: string): string {
  return `console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: ${status} }))`;
}

test('runs a plugin, and tells it what the kubeconfig wants it to know', async () => {
  const user = plugin(prints('{ token: [process.env.WHO, process.env.KUBERNETES_EXEC_INFO].join(" ") }'), { env: [{ name: 'WHO', value: 'me' }], provideClusterInfo: true });
  const info = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', spec: { interactive: false, cluster: { server: 'https://api.test' } } };
  expect(await headersFor(user)).toEqual({ Authorization: `Bearer me ${JSON.stringify(info)}` });
});

test('takes a client certificate from a plugin', async () => {
  const { credentials } = await connection({}, plugin(prints('{ clientCertificateData: "cert", clientKeyData: "key" }')));
  expect(await credentials(false)).toEqual({ headers: {}, cert: 'cert', key: 'key' });
});

test('finds a plugin with a relative path from the folder of the kubeconfig', async () => {
  chmodSync(dir.file('plugin.sh', '#!/bin/sh\necho \'{"status":{"token":"near"}}\'\n'), 0o755);
  expect(await headersFor({ exec: { command: './plugin.sh' } })).toEqual({ Authorization: 'Bearer near' });
});

test('runs a plugin again when its token has ended', async () => {
  await using server = await httpsServer((request, response) => (request.headers.authorization === 'Bearer 2' ? sendJson(response, 'in') : sendJson(response, statusOf(401, 'expired'), 401)));
  const counter = dir.file('counter', '');
  const count = `const fs = require('fs'); fs.appendFileSync(${JSON.stringify(counter)}, '.'); const n = fs.readFileSync(${JSON.stringify(counter)}, 'utf8').length;`;
  const reader = createHttpReader(await connection({ server: server.server.href, 'certificate-authority-data': CA }, plugin(`${count} ${prints('{ token: String(n) }')}`)), { clock: new TestClock(), random: () => 0 });
  const answer = await reader.get({ path: '/x', maxBytes: 100, read: () => Promise.resolve('in') });
  reader.close();
  expect(answer).toEqual({ ok: true, value: 'in' });
  expect(server.requests).toEqual(['GET /x', 'GET /x']);
});

test('says what is wrong with a plugin', async () => {
  const name = process.execPath;
  expect(await complaintOf({ exec: { command: 'no-such-plugin', installHint: 'get it\u001b[1m from us' } })).toBe('no-such-plugin is not installed here; get it [1m from us');
  expect(await complaintOf({ exec: { command: 'no-such-plugin' } })).toBe('no-such-plugin is not installed here; install it, or check PATH');
  expect(await complaintOf({ exec: { args: [] } })).toBe("the user's exec entry in the kubeconfig names no command");
  expect(await complaintOf(plugin('console.error("Token has expired,\\nrun aws sso login"); process.exit(255)'))).toBe(`${name} failed (exit code 255): Token has expired, run aws sso login`);
  expect(await complaintOf(plugin('console.log("hello")'))).toBe(`${name} printed no JSON`);
  expect(await complaintOf(plugin(prints('{}')))).toBe(`${name} printed no token and no client certificate (an ExecCredential's status)`);
  expect(await complaintOf(plugin('console.log("null")'))).toBe(`${name} printed no token and no client certificate (an ExecCredential's status)`);
  expect(await complaintOf(plugin('process.stdout.write("x".repeat(3e6)); setInterval(() => {}, 1e6)'))).toBe(`${name} printed more than 1 MB; no credential is as large`);
  expect(await complaintOf(plugin('', { interactiveMode: 'Always' }))).toBe(`${name} must ask at a terminal (interactiveMode: Always), and an audit has none`);
});

test('a plugin reads an end of input at once instead of waiting for a person', async () => {
  expect(await headersFor(plugin(`process.stdin.on('end', () => { ${prints('{ token: "unasked" }')} }).resume()`))).toEqual({ Authorization: 'Bearer unasked' });
});
