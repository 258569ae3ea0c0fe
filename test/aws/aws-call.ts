import { eksOperation } from './fake/fake-eks.ts';

/** One request to AWS, as IAM would have to judge it. */
export interface AwsCall {
  /** Of the credential that signed it; empty: nobody signed it. */
  readonly accessKeyId: string;
  readonly region: string;
  /** As in the credential's scope: `s3`, `sts`. */
  readonly service: string;
  /** As IAM names it: `s3:PutObject`. */
  readonly action: string;
  /** ARN, or `*` where the action knows none. */
  readonly resource: string;
  /** Condition keys that the request fills. */
  readonly context: Readonly<Record<string, string>>;
}

export interface HttpCall {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Reads a request off the wire: REST of S3 and EKS, and the APIs that name their action in the body (query) or in a header (JSON). `accountOf`: of an access key. */
export function readAwsCall(call: HttpCall, accountOf: (accessKeyId: string) => string): AwsCall {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(text(call.headers['authorization']));
  const [, accessKeyId = '', region = '', service = ''] = scope ?? [];
  const base = { accessKeyId, region, service };
  if (service === 's3') return { ...base, ...readS3Call(call) };
  if (service === 'eks') return { ...base, ...readEksCall(call, region, accountOf(accessKeyId)) };
  const target = text(call.headers['x-amz-target']);
  if (target !== '') return { ...base, action: `${service}:${target.slice(target.lastIndexOf('.') + 1)}`, resource: '*', context: {} };
  const parameters = new URLSearchParams(call.body.toString('utf8'));
  const action = parameters.get('Action');
  if (action === null) return { ...base, action: `${service}:${call.method} ${call.url}`, resource: '*', context: {} };
  const context: Record<string, string> = {};
  const externalId = parameters.get('ExternalId');
  if (externalId !== null) context['sts:ExternalId'] = externalId;
  const role = parameters.get('RoleName');
  const named = parameters.get('TopicArn') ?? parameters.get('RoleArn') ?? parameters.get('PolicyArn');
  return { ...base, action: `${service}:${action}`, resource: named ?? (role === null ? '*' : `arn:aws:iam::${accountOf(accessKeyId)}:role/${role}`), context };
}

/** A thing in a cluster has an ARN of its own kind (`nodegroup/…`), which nothing here tells from the cluster's. */
function readEksCall({ method, url }: HttpCall, region: string, account: string): Pick<AwsCall, 'action' | 'resource' | 'context'> {
  const route = eksOperation(method, new URL(url, 'http://eks').pathname);
  const cluster = route?.parameters.find(([name]) => name === 'cluster')?.[1];
  return { action: `eks:${route?.operation ?? `${method} ${url}`}`, resource: cluster === undefined ? '*' : `arn:aws:eks:${region}:${account}:cluster/${cluster}`, context: {} };
}

function readS3Call({ method, url, headers }: HttpCall): Pick<AwsCall, 'action' | 'resource' | 'context'> {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [bucket = '', ...rest] = pathname.slice(1).split('/');
  const key = rest.map(decodeURIComponent).join('/');
  if (key === '') {
    const prefix = searchParams.get('prefix');
    const listed = method === 'HEAD' || (method === 'GET' && searchParams.get('list-type') === '2');
    return { action: listed ? 's3:ListBucket' : `s3:${method} ${url}`, resource: `arn:aws:s3:::${bucket}`, context: prefix === null ? {} : { 's3:prefix': prefix } };
  }
  const actions: Readonly<Record<string, string>> = { GET: 's3:GetObject', HEAD: 's3:GetObject', PUT: 's3:PutObject', DELETE: 's3:DeleteObject' };
  const noneMatch = text(headers['if-none-match']);
  const match = text(headers['if-match']);
  return {
    action: actions[method] ?? `s3:${method} ${url}`,
    resource: `arn:aws:s3:::${bucket}/${key}`,
    context: method === 'PUT' ? { ...(noneMatch === '' ? {} : { 's3:if-none-match': noneMatch }), ...(match === '' ? {} : { 's3:if-match': match }) } : {},
  };
}

function text(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
