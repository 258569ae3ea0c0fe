import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fault, type Call, type Caller, type RecordedCall, type Said } from './call.ts';
import { ec2 } from './fake-ec2.ts';
import type { FakeAccount } from './fake-data.ts';
import { eks, eksOperation } from './fake-eks.ts';
import { iam } from './fake-iam.ts';
import { sts } from './fake-sts.ts';
import { ec2ErrorXml, ec2Xml, queryErrorXml, queryXml } from './query-xml.ts';

/** Says otherwise than the data would: called for every request that is signed by a known key. Undefined: as the data say. */
export type Otherwise = (call: Call, proper: () => Said) => Said | undefined;

export interface FakeAwsOptions {
  /** By number, 12 digits. */
  readonly accounts: Readonly<Record<string, FakeAccount>>;
  /** Things on a page, at most; 100 by default. */
  readonly pageSize?: number;
  /** Whose a key is that this fake did not give away itself. An access key of 12 digits is the root of that account in any case. */
  readonly callerOf?: (accessKeyId: string) => Omit<Caller, 'accessKeyId'> | undefined;
}

/**
 * AWS as an audit sees it, over real HTTP for the real SDK clients (`endpoint`, or AWS_ENDPOINT_URL): EKS with all pages, the parts of EC2 and IAM that are
 * read, STS with AssumeRole. Account, region and service are read off the signature, which itself is not checked.
 */
export class FakeAws implements AsyncDisposable {
  /** Every call that arrived, in order. */
  readonly calls: RecordedCall[] = [];
  /** The first that says something decides. Change it between two looks. */
  readonly otherwise: Otherwise[] = [];
  readonly accounts: Readonly<Record<string, FakeAccount>>;
  private readonly pageSize: number;
  private readonly callerOf: FakeAwsOptions['callerOf'];
  private readonly sessions = new Map<string, Caller>();
  private readonly server: Server;

  private constructor({ accounts, pageSize = 100, callerOf }: FakeAwsOptions) {
    this.accounts = accounts;
    this.pageSize = pageSize;
    this.callerOf = callerOf;
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  static async start(options: FakeAwsOptions): Promise<FakeAws> {
    const fake = new FakeAws(options);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Keys of an account's root. */
  static keysOf(account: string): { readonly accessKeyId: string; readonly secretAccessKey: string } {
    return { accessKeyId: account, secretAccessKey: 'fake' };
  }

  /** How often each API was called, by action, sorted. */
  callsPerApi(): ReadonlyMap<string, number> {
    return new Map([...Map.groupBy(this.calls, ({ action }) => action)].map(([action, calls]) => [action, calls.length] as const).sort());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = understand(request, Buffer.concat(chunks).toString('utf8'));
    const { service, operation, region, accessKeyId, parameters } = asked;
    const caller = this.whoIs(accessKeyId);
    const action = `${service}:${operation}`;
    const cluster = service === 'eks' ? parameters.get('cluster') : undefined;
    const answer = caller ? this.answer(asked, { ...caller, accessKeyId }, action, cluster) : unknownKey(service);
    this.calls.push({ action, account: caller?.account ?? '', region, accessKeyId, status: answer.ok ? 200 : answer.status, ...(cluster === undefined ? {} : { cluster }) });
    send(response, service, operation, answer);
  }

  private answer({ service, operation, region, parameters }: Asked, caller: Caller, action: string, cluster: string | undefined): Said {
    const data = this.accounts[caller.account];
    const here = data?.regions[region];
    if (!data) return fault(403, 'AccessDeniedException', `there is no account ${caller.account} in this fake`);
    // A region that is not enabled does not know the key; IAM and STS are everywhere.
    if (!here && (service === 'eks' || service === 'ec2')) return unknownKey(service);
    const call: Call = { action, caller, region, parameters, data, here: here ?? {}, pageSize: this.pageSize, ...(cluster === undefined ? {} : { cluster }) };
    const proper = (): Said => this.proper(service, operation, call);
    for (const say of this.otherwise) {
      const instead = say(call, proper);
      if (instead) return instead;
    }
    return proper();
  }

  private proper(service: string, operation: string, call: Call): Said {
    if (service === 'eks') return eks(operation, call);
    if (service === 'ec2') return ec2(operation, call);
    if (service === 'iam') return iam(operation, call);
    if (service === 'sts') return sts(operation, call, this.accounts, (account, arn) => this.issue(account, arn));
    return fault(400, 'UnknownOperationException', `this fake has no service ${service}`);
  }

  private whoIs(accessKeyId: string): Omit<Caller, 'accessKeyId'> | undefined {
    if (/^\d{12}$/.test(accessKeyId)) return { account: accessKeyId, arn: `arn:aws:iam::${accessKeyId}:root` };
    return this.sessions.get(accessKeyId) ?? this.callerOf?.(accessKeyId);
  }

  private issue(account: string, arn: string): { accessKeyId: string; secretAccessKey: string; sessionToken: string } {
    const accessKeyId = `ASIAFAKE${String(this.sessions.size).padStart(12, '0')}`;
    this.sessions.set(accessKeyId, { account, arn, accessKeyId });
    return { accessKeyId, secretAccessKey: `secret-of-${accessKeyId}`, sessionToken: `session-of-${accessKeyId}` };
  }
}

interface Asked {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly parameters: Map<string, string>;
}

/** Key, region and service stand in the credential scope. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function understand({ method, url, headers }: IncomingMessage, body: string): Asked {
  const [, accessKeyId = '', region = '', service = ''] = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  const { pathname, searchParams } = new URL(url!, 'http://fake');
  if (service !== 'eks') {
    const form = new URLSearchParams(body);
    return { service, operation: form.get('Action') ?? '', region, accessKeyId, parameters: new Map(form) };
  }
  const route = eksOperation(method!, pathname);
  const json = body === '' ? {} : (JSON.parse(body) as Readonly<Record<string, unknown>>);
  // The one nested parameter of an operation that is read: which identity provider.
  const nested = (json['identityProviderConfig'] ?? {}) as Readonly<Record<string, unknown>>;
  const given = Object.entries({ ...json, ...nested }).filter(([, value]) => typeof value !== 'object');
  return { service, operation: route?.operation ?? `${method} ${pathname}`, region, accessKeyId, parameters: new Map([...searchParams, ...given.map(([name, value]) => [name, String(value)] as const), ...(route?.parameters ?? [])]) };
}

function unknownKey(service: string): Said {
  if (service === 'ec2') return fault(401, 'AuthFailure', 'AWS was not able to validate the provided access credentials');
  return fault(403, service === 'eks' ? 'UnrecognizedClientException' : 'InvalidClientTokenId', 'The security token included in the request is invalid.');
}

function send(response: ServerResponse, service: string, operation: string, answer: Said): void {
  if (service === 'eks') {
    response.writeHead(answer.ok ? 200 : answer.status, { 'content-type': 'application/json', ...(answer.ok ? {} : { 'x-amzn-errortype': answer.code }) });
    response.end(JSON.stringify(answer.ok ? answer.value : { message: answer.message }));
    return;
  }
  const [write, writeError] = service === 'ec2' ? [ec2Xml, ec2ErrorXml] : [queryXml, queryErrorXml];
  response.writeHead(answer.ok ? 200 : answer.status, { 'content-type': 'text/xml' });
  response.end(answer.ok ? write(operation, answer.value) : writeError(answer.code, answer.message));
}
