import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAwsCall, type AwsCall } from './aws-call.ts';
import type { Signer } from './eks/api-door.ts';

export interface AnsweredCall extends AwsCall {
  /** HTTP; 0: nothing came back. */
  readonly status: number;
}

/** What comes instead of the service's answer. */
export interface GatewayFault {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface Gateway extends AsyncDisposable {
  /** The one endpoint of AWS that functions know. */
  readonly url: string;
  /** In order of their answers. */
  readonly calls: readonly AnsweredCall[];
  /** Where a call goes, as `http://host:port`. */
  upstream: (call: AwsCall) => string;
  /** Asked for every call, which waits for the answer; `undefined`: it goes upstream. */
  fault: ((call: AwsCall) => GatewayFault | undefined | Promise<GatewayFault | undefined>) | undefined;
  /** Keys that STS has given for a role while this stood before it, and those that `know` was told of. */
  signer(accessKeyId: string): Signer | undefined;
  know(accessKeyId: string, signer: Signer): void;
}

/**
 * Stands before the emulators of AWS: one endpoint, which sends each service where it is played, writes down who called what, and remembers whom STS gave
 * which keys, as the real STS would. Bytes and headers pass as they are, so signatures stay good.
 */
export async function openGateway(): Promise<Gateway> {
  const calls: AnsweredCall[] = [];
  const signers = new Map<string, Signer>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    upstream: ({ service }) => {
      throw new Error(`nobody plays ${service}`);
    },
    fault: undefined,
    signer: (key) => signers.get(key),
    know: (key, signer) => void signers.set(key, signer),
    async [Symbol.asyncDispose]() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  server.on('request', (incoming, answer) => {
    pass(incoming, answer, gateway, agent, (call) => calls.push(call)).catch((error: unknown) => answer.destroy(error as Error));
  });
  return gateway;
}

async function pass(incoming: IncomingMessage, answer: ServerResponse, gateway: Gateway, agent: Agent, record: (call: AnsweredCall) => void): Promise<void> {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = await bytesOf(incoming);
  const call = readAwsCall({ method, url, headers, body }, (key) => gateway.signer(key)?.principal.split(':')[4] ?? '');
  const fault = await gateway.fault?.(call);
  if (fault !== undefined) {
    record({ ...call, status: fault.status });
    answer.writeHead(fault.status, { 'content-type': fault.contentType }).end(fault.body);
    return;
  }
  const came = await ask(new URL(url, gateway.upstream(call)), incoming, body, agent);
  const back = await bytesOf(came);
  record({ ...call, status: came.statusCode ?? 0 });
  if (call.action === 'sts:AssumeRole' && came.statusCode === 200) remember(back.toString('utf8'), gateway);
  const { 'transfer-encoding': _, ...rest } = came.headers;
  answer.writeHead(came.statusCode ?? 502, method === 'HEAD' ? rest : { ...rest, 'content-length': String(back.length) }).end(back);
}

function ask(to: URL, { method, headers }: IncomingMessage, body: Buffer, agent: Agent): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    const { 'transfer-encoding': _, expect: __, ...passed } = headers;
    // AWS is reached over TLS, and policies deny what is not: this is where it would end.
    request(to, { method, agent, headers: { ...passed, 'x-forwarded-proto': 'https', 'content-length': String(body.length) } }, done).on('error', fail).end(body);
  });
}

function remember(xml: string, gateway: Gateway): void {
  const element = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  const [, account, role, session] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(element('Arn')) ?? [];
  if (account === undefined || role === undefined || session === undefined) throw new Error(`no session in ${xml.slice(0, 300)}`);
  const keys = { secretAccessKey: element('SecretAccessKey'), sessionToken: element('SessionToken') };
  gateway.know(element('AccessKeyId'), { ...keys, principal: `arn:aws:iam::${account}:role/${role}`, session });
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
