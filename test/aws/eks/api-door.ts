import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readToken } from './read-token.ts';

const CERTIFICATES = join(import.meta.dirname, 'certificates');

/** PEM: what DescribeCluster gives, in base64, for a cluster behind a door. */
export const CLUSTER_CA = readFileSync(join(CERTIFICATES, 'ca.crt'), 'utf8');

/** Whom a set of AWS keys belongs to. */
export interface Signer {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** ARN of the role or user; STS does not say a role's path. */
  readonly principal: string;
  readonly session: string;
}

/** What an access entry of type STANDARD gives. */
export interface Entry {
  readonly principal: string;
  readonly groups: readonly string[];
}

/** What comes instead of the API server's answer. `hang`: nothing comes. */
export type Fault = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: object } | 'hang';

export interface DoorSettings {
  readonly cluster: string;
  readonly partition?: string;
  /** The API server behind, and a token for it that may impersonate anybody. */
  readonly server: { readonly url: string; readonly ca: string; readonly token: string };
  /** `undefined`: STS has never seen this key. */
  readonly signer: (accessKeyId: string) => Signer | undefined;
  /** Asked at every request. */
  readonly entries: readonly Entry[];
  readonly now?: () => Date;
}

export interface Passage {
  readonly path: string;
  readonly status: number;
  /** Who came in. */
  readonly principal?: string;
  /** Why nobody did. */
  readonly refused?: string;
}

export interface ApiDoor extends AsyncDisposable {
  readonly port: number;
  /** Every request that came, in order. */
  readonly passages: readonly Passage[];
  /** Asked for every request of somebody whom the door let in; `undefined`: the API server answers. */
  fault: ((path: string) => Fault | undefined) | undefined;
}

/**
 * The door of an EKS cluster on loopback, over TLS, before a real API server: it takes a bearer token that is a presigned GetCallerIdentity, refuses what EKS
 * refuses (shape, date, signature, another cluster's name), and lets its principal in as the user and the groups of its access entry.
 */
export async function openApiDoor(settings: DoorSettings): Promise<ApiDoor> {
  const passages: Passage[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 16, ca: readFileSync(settings.server.ca) });
  const server = createServer({ key: readFileSync(join(CERTIFICATES, 'server.key')), cert: readFileSync(join(CERTIFICATES, 'server.crt')) });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const door: ApiDoor = {
    port: (server.address() as AddressInfo).port,
    passages,
    fault: undefined,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  server.on('request', (incoming, answer) => {
    const path = incoming.url ?? '/';
    const visitor = identify(incoming, settings);
    const record = (status: number): void => void passages.push({ path, status, ...(typeof visitor === 'string' ? { refused: visitor } : { principal: visitor.principal }) });
    if (typeof visitor === 'string') {
      record(401);
      return refuse(answer, 401, 'Unauthorized');
    }
    const fault = door.fault?.(path);
    if (fault === 'hang') return record(0);
    if (fault !== undefined) {
      record(fault.status);
      answer.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(JSON.stringify(fault.body ?? {}));
      return;
    }
    forward(incoming, answer, visitor, settings, agent, record);
  });
  return door;
}

interface Visitor extends Entry {
  readonly username: string;
}

function identify({ headers }: IncomingMessage, { partition = 'aws', cluster, entries, signer, now = () => new Date() }: DoorSettings): Visitor | string {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return 'no bearer token';
  const read = readToken(token, partition, now());
  if (typeof read === 'string') return read;
  const known = signer(read.accessKeyId);
  if (known === undefined) return `nobody has the access key ${read.accessKeyId}`;
  if (known.sessionToken !== read.sessionToken) return 'the session token is not the one of the access key';
  if (!read.signedBy(known.secretAccessKey, cluster)) return `not signed by ${known.principal} for ${cluster}`;
  const entry = entries.find(({ principal }) => withoutPath(principal) === withoutPath(known.principal));
  if (entry === undefined) return `no access entry for ${known.principal}`;
  return { ...entry, username: `${known.principal}/${known.session}` };
}

function withoutPath(arn: string): string {
  return arn.replace(/:(role|user)\/(.*\/)?/, ':$1/');
}

function forward(incoming: IncomingMessage, answer: ServerResponse, visitor: Visitor, { server }: DoorSettings, agent: Agent, record: (status: number) => void): void {
  const { method, url: path, headers } = incoming;
  const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host' && name !== 'connection' && !name.startsWith('impersonate-')));
  const onward = request(new URL(path ?? '/', server.url), {
    method,
    agent,
    headers: { ...passed, authorization: `Bearer ${server.token}`, 'impersonate-user': visitor.username, 'impersonate-group': [...visitor.groups] },
  });
  onward.on('response', (from) => {
    record(from.statusCode ?? 0);
    answer.writeHead(from.statusCode ?? 502, from.headers);
    from.pipe(answer);
  });
  onward.on('error', (error) => {
    record(502);
    answer.destroy(error);
  });
  incoming.pipe(onward);
}

function refuse(answer: ServerResponse, code: number, reason: string): void {
  answer.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message: reason, reason, code }));
}
