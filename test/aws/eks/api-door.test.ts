import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { findAssets } from '../../live/api-server.ts';
import { CLUSTER_CA, type Signer } from './api-door.ts';
import { startLiveCluster, type LiveCluster } from './live-cluster.ts';

interface Vector {
  readonly name: string;
  readonly now: string;
  readonly cluster: string;
  readonly partition: string;
  readonly token: string;
  readonly make?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly format: boolean;
  readonly sts?: string;
}

const vectors = readFileSync(join(import.meta.dirname, '../../vectors/identity/tokens.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Vector);
/** Those without `make` were changed after they were signed: the ones of good shape are a matter of read-token.test.ts. */
const asked = vectors.filter(({ partition, make, format }) => partition === 'aws' && (make !== undefined || !format));
const found = findAssets();
if (typeof found === 'string') {
  if (process.env['CI']) throw new Error(found);
  process.stderr.write(`\nSkipped: ${found}\n`);
}

describe(typeof found === 'string' ? 'without an API server' : 'the door of a cluster', () => {
  if (typeof found === 'string') {
    test.skip(found, () => undefined);
    return;
  }
  const AUDITOR = 'arn:aws:iam::111122223333:role/Auditor';
  const keys = asked.flatMap(({ make }) => (make === undefined ? [] : [make]));
  let current: Vector | undefined;
  let cluster: LiveCluster;
  const agent = new Agent({ ca: CLUSTER_CA });

  beforeAll(async () => {
    const signer = (key: string): Signer | undefined => {
      const made = keys.find(({ accessKeyId, sessionToken }) => accessKeyId === key && (current?.make === undefined || sessionToken === current.make.sessionToken));
      return made && { ...made, principal: AUDITOR, session: 'run-1' };
    };
    cluster = await startLiveCluster(found.assets, { cluster: 'team-a_1', entries: [{ principal: AUDITOR, groups: ['eksaminer'] }], signer, now: () => new Date(asked[0]!.now) });
  }, 120_000);
  afterAll(async () => {
    agent.destroy();
    await cluster?.[Symbol.asyncDispose]();
  });

  function ask(path: string, token?: string): Promise<{ readonly status: number; readonly body: string }> {
    return new Promise((done, fail) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      request({ host: '127.0.0.1', port: cluster.door.port, path, agent, servername: 'a.eks.test', headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
      }).on('error', fail).end();
    });
  }

  test.each(asked)('lets in whom EKS lets in, and nobody else: $name', async (vector) => {
    current = vector;
    const { status } = await ask('/api/v1/namespaces', vector.token);
    expect(status).toBe(vector.format && vector.sts!.startsWith('ok') ? 200 : 401);
  });

  test('who comes without a token stays outside', async () => {
    expect((await ask('/version')).status).toBe(401);
    expect(cluster.door.passages.at(-1)).toEqual({ path: '/version', status: 401, refused: 'no bearer token' });
  });

  test('who is in has the rights of the documented group, and no others', async () => {
    current = asked[0]!;
    expect((await ask('/apis/rbac.authorization.k8s.io/v1/clusterroles', current.token)).status).toBe(200);
    const secrets = await ask('/api/v1/secrets', current.token);
    expect(secrets.status).toBe(403);
    expect(secrets.body).toContain(`User \\"${AUDITOR}/run-1\\" cannot list resource \\"secrets\\"`);
  });

  test('a fault comes in place of the answer, and is recorded', async () => {
    current = asked[0]!;
    cluster.door.fault = (path) => (path.startsWith('/api/v1/pods') ? { status: 429, headers: { 'retry-after': '3' } } : undefined);
    expect((await ask('/api/v1/pods', current.token)).status).toBe(429);
    expect((await ask('/api/v1/nodes', current.token)).status).toBe(200);
    cluster.door.fault = undefined;
    expect(cluster.door.passages.slice(-2)).toEqual([{ path: '/api/v1/pods', status: 429, principal: AUDITOR }, { path: '/api/v1/nodes', status: 200, principal: AUDITOR }]);
  });
});
