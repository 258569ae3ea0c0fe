import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { compareKeys } from '../../lambda/storage/object-key.ts';
import { PreconditionFailedError, type ObjectStore } from '../../lambda/storage/object-store.ts';

/** As S3: most keys that one answer lists. */
const PAGE = 1000;

interface Held {
  readonly body: Uint8Array;
  readonly etag: string;
}

/** The calls that one client made, by operation and first part of the key. */
export type Calls = ReadonlyMap<string, number>;

export interface SlowS3 {
  readonly url: string;
  /** The same objects, without the way over HTTP. */
  readonly store: ObjectStore;
  /** What was called with this name as access key, since it was last asked for. */
  takeCalls(accessKey: string): Calls;
  /** Told of each put when it is done. */
  onPut: (key: string) => void;
  close(): Promise<void>;
}

/** As much of S3 as the store needs, each call answered after so many milliseconds. Holds all objects in memory. */
export async function slowS3(milliseconds: number): Promise<SlowS3> {
  const objects = new Map<string, Held>();
  const calls = new Map<string, Map<string, number>>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  function put(key: string, body: Uint8Array, holds: (there: Held | undefined) => boolean): Held | undefined {
    if (!holds(objects.get(key))) return undefined;
    const held = { body, etag: `"${createHash('md5').update(body).digest('hex')}"` };
    objects.set(key, held);
    return held;
  }

  function keysUnder(prefix: string, startAfter: string): string[] {
    const keys: string[] = [];
    for (const key of objects.keys()) if (key.startsWith(prefix) && compareKeys(key, startAfter) > 0) keys.push(key);
    return keys.sort(compareKeys);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://localhost');
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    const isList = request.method === 'GET' && key === '';
    count(request, isList ? 'LIST' : request.method!, isList ? url.searchParams.get('prefix')! : key);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    // Half of the time passes before it is done, half after: who comes second finds what the first did.
    await after(milliseconds / 2);
    const [status, headers, body] = isList ? list(url.searchParams) : request.method === 'PUT' ? putObject(request, key, Buffer.concat(chunks)) : getObject(key);
    await after(milliseconds / 2);
    response.writeHead(status, { ...headers, 'content-length': body.byteLength }).end(body);
    if (request.method === 'PUT' && status === 200) s3.onPut(key);
  }

  function count({ headers }: IncomingMessage, operation: string, key: string): void {
    const client = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
    const its = calls.get(client) ?? new Map<string, number>();
    calls.set(client, its);
    const what = `${operation} ${key.split('/')[0]!}`;
    its.set(what, (its.get(what) ?? 0) + 1);
  }

  function getObject(key: string): Answer {
    const held = objects.get(key);
    return held ? [200, { etag: held.etag }, held.body] : refusal(404, 'NoSuchKey');
  }

  function putObject({ headers }: IncomingMessage, key: string, body: Uint8Array): Answer {
    const match = headers['if-match'];
    const held = put(key, body, (there) => (headers['if-none-match'] === '*' ? !there : match === undefined || there?.etag === match));
    return held ? [200, { etag: held.etag }, new Uint8Array()] : refusal(412, 'PreconditionFailed');
  }

  function list(query: URLSearchParams): Answer {
    const keys = keysUnder(query.get('prefix') ?? '', query.get('continuation-token') ?? query.get('start-after') ?? '');
    const page = keys.slice(0, PAGE);
    const rows = page.map((key) => `<Contents><Key>${encodeURIComponent(key)}</Key><ETag>${objects.get(key)!.etag}</ETag><Size>${objects.get(key)!.body.byteLength}</Size></Contents>`);
    const more = keys.length > PAGE;
    const next = more ? `<NextContinuationToken>${page.at(-1)!}</NextContinuationToken>` : '';
    return [200, { 'content-type': 'application/xml' }, Buffer.from(`<ListBucketResult><IsTruncated>${String(more)}</IsTruncated>${next}<EncodingType>url</EncodingType>${rows.join('')}</ListBucketResult>`)];
  }

  // Connections that this end gives up look like faults to a client that is just using them; that is not measured here.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const s3: SlowS3 = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store: {
      get: (key) => Promise.resolve(objects.get(key)),
      put: (key, body, condition) => {
        const held = put(key, body, (there) => !condition || ('ifNoneMatch' in condition ? !there : there?.etag === condition.ifMatch));
        return held ? Promise.resolve(held) : Promise.reject(new PreconditionFailedError(key));
      },
      async *list(prefix, { startAfter = '' } = {}) {
        for (const key of keysUnder(prefix, startAfter)) yield { key, etag: objects.get(key)!.etag, size: objects.get(key)!.body.byteLength };
      },
    },
    takeCalls(accessKey) {
      const its = calls.get(accessKey) ?? new Map<string, number>();
      calls.delete(accessKey);
      return its;
    },
    onPut: () => {},
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  return s3;
}

type Answer = readonly [status: number, headers: Readonly<Record<string, string>>, body: Uint8Array];

function refusal(status: number, code: string): Answer {
  return [status, { 'content-type': 'application/xml' }, Buffer.from(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`)];
}
