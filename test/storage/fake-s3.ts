import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import { compareKeys } from '../../lambda/storage/object-key.ts';
import { s3Client } from '../../lambda/storage/s3-client.ts';

/** A request as the server understood it. */
export interface S3Request {
  readonly operation: 'get' | 'put' | 'list';
  readonly bucket: string;
  /** The key; of a list its prefix. */
  readonly key: string;
  readonly headers: IncomingMessage['headers'];
  readonly query: URLSearchParams;
}

/** What goes wrong with a request: an error, a broken connection, a body that breaks off or is not the stored one. */
export type S3Fault =
  /** `after`: the request took effect, and then the answer is this error. */
  | { readonly status: number; readonly code: string; readonly after?: true }
  /** The connection is closed without an answer. */
  | { readonly broken: 'before' | 'after' }
  | { readonly body: 'cut' | 'changed' }
  /** A page of a list says that it goes on, and not where. */
  | { readonly token: 'missing' };

export interface FakeS3Options {
  /** Milliseconds before each answer. */
  readonly latency?: number;
  /** Objects a page of a list. */
  readonly pageSize?: number;
  /** The caller lacks `s3:ListBucket`: no lists, and 403 for keys that do not exist. */
  readonly withoutListBucket?: boolean;
  readonly fault?: (request: S3Request) => S3Fault | undefined | Promise<S3Fault | undefined>;
}

export interface FakeS3 {
  readonly endpoint: string;
  /** Everything that was asked. */
  readonly requests: readonly S3Request[];
  /** By bucket, by key. Any name is a bucket. */
  readonly buckets: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
  /** Changes what goes wrong from now on. */
  set(options: FakeS3Options): void;
  /** The real client, turned to this server. */
  client(): S3Client;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array | string;
}

/** The part of S3 that the store uses, in memory, over HTTP on loopback: `fake-s3.test.ts` and the emulator keep it honest. */
export async function fakeS3(first: FakeS3Options = {}): Promise<FakeS3> {
  const buckets = new Map<string, Map<string, Uint8Array>>();
  const requests: S3Request[] = [];
  const clients: S3Client[] = [];
  let options = first;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(message);
    const request = requestOf(message);
    requests.push(request);
    if (options.latency) await pause(options.latency);
    const fault = await options.fault?.(request);
    if (fault && 'broken' in fault && fault.broken === 'before') return void message.socket.destroy();
    if (fault && 'status' in fault && !fault.after) return send(response, error(fault.status, fault.code));
    const objects = buckets.get(request.bucket) ?? new Map<string, Uint8Array>();
    buckets.set(request.bucket, objects);
    const answer = operate(request, objects, body, options);
    if (fault && 'broken' in fault) return void message.socket.destroy();
    if (fault && 'status' in fault) return send(response, error(fault.status, fault.code));
    if (fault && 'token' in fault) return send(response, { ...answer, body: String(answer.body).replace(/<NextContinuationToken>.*?<\/NextContinuationToken>/, '') });
    if (fault?.body === 'cut') return cut(response, answer);
    send(response, fault?.body === 'changed' && answer.body ? { ...answer, body: Buffer.from(answer.body).fill('#', 0, 1) } : answer);
  }

  const server = createServer((message, response) => {
    serve(message, response).catch((problem: unknown) => send(response, error(500, `FakeBroken ${String(problem)}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    requests,
    buckets,
    set: (next) => void (options = next),
    client() {
      const client = s3Client({ endpoint, region: 'eu-west-1', forcePathStyle: true, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function requestOf(message: IncomingMessage): S3Request {
  const url = new URL(message.url!, 'http://s3');
  const [bucket, ...parts] = message.url!.replace(/\?.*/, '').slice(1).split('/');
  const key = parts.map(decodeURIComponent).join('/');
  if (key === '') return { operation: 'list', bucket: bucket!, key: url.searchParams.get('prefix') ?? '', headers: message.headers, query: url.searchParams };
  return { operation: message.method === 'PUT' ? 'put' : 'get', bucket: bucket!, key, headers: message.headers, query: url.searchParams };
}

function operate(request: S3Request, objects: Map<string, Uint8Array>, body: Uint8Array, options: FakeS3Options): Answer {
  if (request.operation === 'list') return options.withoutListBucket ? error(403, 'AccessDenied') : list(request, objects, options.pageSize ?? 1000);
  const there = objects.get(request.key);
  if (request.operation === 'put') return put(request, objects, there, body);
  if (!there) return options.withoutListBucket ? error(403, 'AccessDenied') : error(404, 'NoSuchKey');
  return { status: 200, headers: { etag: etagOf(there), 'x-amz-checksum-crc32': checksum(there) }, body: there };
}

function put({ key, headers }: S3Request, objects: Map<string, Uint8Array>, there: Uint8Array | undefined, body: Uint8Array): Answer {
  if (headers['x-amz-checksum-crc32'] !== checksum(body)) return error(400, 'BadDigest');
  if (headers['if-none-match'] === '*' && there) return error(412, 'PreconditionFailed');
  const match = headers['if-match'];
  if (match !== undefined && !there) return error(404, 'NoSuchKey');
  if (match !== undefined && match !== etagOf(there!)) return error(412, 'PreconditionFailed');
  objects.set(key, body);
  return { status: 200, headers: { etag: etagOf(body) } };
}

function list({ key: prefix, query }: S3Request, objects: Map<string, Uint8Array>, pageSize: number): Answer {
  const token = query.get('continuation-token');
  const after = token === null ? query.get('start-after') : Buffer.from(token, 'base64url').toString();
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && (after === null || compareKeys(key, after) > 0)).sort(compareKeys);
  const page = keys.slice(0, pageSize);
  const next = keys.length > page.length ? `<NextContinuationToken>${Buffer.from(page.at(-1)!).toString('base64url')}</NextContinuationToken>` : '';
  const contents = page.map((key) => `<Contents><Key>${urlKey(key)}</Key><ETag>${etagOf(objects.get(key)!).replaceAll('"', '&quot;')}</ETag><Size>${objects.get(key)!.byteLength}</Size></Contents>`);
  const xml = `<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>${next !== ''}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: xml };
}

/** As S3 writes keys where `encoding-type=url` is asked for: a space is a plus. */
function urlKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/').replaceAll("'", '%27');
}

function error(status: number, code: string): Answer {
  return { status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>as the test wants it</Message></Error>` };
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** Says how long the body is, sends half of it and hangs up. */
function cut(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  const whole = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': whole.byteLength }).write(whole.subarray(0, whole.byteLength >> 1), () => response.destroy());
}

async function bodyOf(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function checksum(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}
