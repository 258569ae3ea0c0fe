import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Where etcd and kube-apiserver are: `KUBEBUILDER_ASSETS`, as envtest has it (https://book.kubebuilder.io/reference/envtest), else beside this project.
 * A string says why the tests cannot run. Throws where the variable is wrong: who sets it wants them to.
 */
export function findAssets(): { readonly assets: string } | string {
  const named = process.env['KUBEBUILDER_ASSETS'];
  const assets = named ?? join(ROOT, '../shared/envtest/bin');
  const missing = ['etcd', 'kube-apiserver'].filter((name) => !existsSync(join(assets, name)));
  if (missing.length === 0) return { assets };
  if (named !== undefined) throw new Error(`KUBEBUILDER_ASSETS is ${named}, and there is no ${missing.join(' and no ')} in it`);
  return 'there is no API server to test against: set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver (setup-envtest use -p path prints one)';
}

export interface User {
  readonly name: string;
  readonly token: string;
  readonly groups: readonly string[];
}

/** One line of the API server's audit log. */
export interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username?: string };
  /** As whom the user asked. */
  readonly impersonatedUser?: { readonly username?: string };
  readonly objectRef?: { readonly resource?: string };
  readonly responseStatus?: { readonly code?: number };
  readonly stage: string;
}

export interface ApiServer extends AsyncDisposable {
  readonly url: string;
  /** PEM file. */
  readonly ca: string;
  /** As the administrator. Throws where the answer is no 2xx. */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>;
  auditLog(): readonly AuditEvent[];
}

/** Starts etcd and kube-apiserver with data, certificates and logs in a folder of their own. Disposing of it ends these two processes and no other. */
export async function startApiServer(assets: string, users: readonly User[], clientCa: string): Promise<ApiServer> {
  const dir = mkdtempSync(join(tmpdir(), 'eksaminer-live-'));
  const children: ChildProcess[] = [];
  const end = (): void => children.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', end);
  try {
    return await start(assets, users, clientCa, dir, children);
  } catch (error) {
    end();
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

async function start(assets: string, users: readonly User[], clientCa: string, dir: string, children: ChildProcess[]): Promise<ApiServer> {
  const admin = randomBytes(16).toString('hex');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', privateKeyEncoding: { type: 'sec1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
  const file = (name: string, content: string): string => {
    writeFileSync(join(dir, name), content, { mode: 0o600 });
    return join(dir, name);
  };
  const saKey = file('sa.key', privateKey);
  const tokens = file('tokens.csv', [...users, { name: 'admin', token: admin, groups: ['system:masters'] }].map(({ name, token, groups }) => `${token},${name},${name},"${groups.join(',')}"`).join('\n'));
  const policy = file('audit-policy.json', JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages: ['RequestReceived'], rules: [{ level: 'Metadata' }] }));
  const auditLog = join(dir, 'audit.log');

  const run = (name: string, args: readonly string[]): ChildProcess => {
    const log = file(`${name}.log`, '');
    const child = spawn(join(assets, name), args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => writeFileSync(log, chunk, { flag: 'a' }));
    children.push(child);
    return child;
  };
  // Sockets in the folder, so that there is no port to collide on; no fsync, because nobody needs the data afterwards.
  run('etcd', ['--name=default', '--data-dir=etcd', '--unsafe-no-fsync', '--log-level=warn', '--logger=zap',
    '--listen-client-urls=unix://etcd.sock:0', '--advertise-client-urls=unix://etcd.sock:0', '--listen-peer-urls=unix://peer.sock:0',
    '--initial-advertise-peer-urls=unix://peer.sock:0', '--initial-cluster=default=unix://peer.sock:0']);
  const port = await freePort();
  const server = run('kube-apiserver', ['--etcd-servers=unix://etcd.sock:0', '--cert-dir=certs', '--bind-address=127.0.0.1', '--advertise-address=127.0.0.1',
    `--secure-port=${port}`, '--endpoint-reconciler-type=none', '--service-cluster-ip-range=10.0.0.0/24', '--allow-privileged=true', '--authorization-mode=RBAC',
    `--token-auth-file=${tokens}`, `--client-ca-file=${clientCa}`, '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${saKey}`, `--service-account-signing-key-file=${saKey}`, '--disable-admission-plugins=ServiceAccount',
    `--audit-policy-file=${policy}`, `--audit-log-path=${auditLog}`]);

  const url = `https://127.0.0.1:${port}`;
  const ca = join(dir, 'certs', 'apiserver.crt');
  await ready(url, ca, server, () => readFileSync(join(dir, 'kube-apiserver.log'), 'utf8').slice(-2_000));
  const agent = new Agent({ keepAlive: true, maxSockets: 16, ca: readFileSync(ca) });
  return {
    url,
    ca,
    async call(method, path, body) {
      const { status, text } = await ask(url + path, agent, method, admin, body);
      if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`);
      return JSON.parse(text) as unknown;
    },
    auditLog: () => readFileSync(auditLog, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as AuditEvent),
    async [Symbol.asyncDispose]() {
      agent.destroy();
      for (const child of children.toReversed()) {
        const gone = new Promise((done) => child.once('exit', done));
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await gone;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

/** `/readyz` is open to strangers by the default roles: 200 means that those have been written too. */
async function ready(url: string, ca: string, server: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`kube-apiserver ended:\n${log()}`);
    if (existsSync(ca)) {
      const agent = new Agent({ ca: readFileSync(ca) });
      const answered = await ask(`${url}/readyz`, agent, 'GET').catch(() => undefined);
      agent.destroy();
      if (answered?.status === 200) return;
    }
    await wait(200);
  }
  throw new Error(`kube-apiserver was not ready after a minute:\n${log()}`);
}

function ask(url: string, agent: Agent, method: string, token?: string, body?: object): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((done, fail) => {
    const headers = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body ? { 'content-type': 'application/json' } : {}) };
    const message = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', fail);
    });
    message.on('error', fail);
    message.end(body && JSON.stringify(body));
  });
}
