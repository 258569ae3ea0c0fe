import { createHash, createHmac } from 'node:crypto';

/** What EKS reads from a bearer token before it asks STS who signed it. */
export interface ReadToken {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  /** Whether the signature is that of `secret`, made for this cluster. */
  signedBy(secret: string, cluster: string): boolean;
}

const PREFIX = 'k8s-aws-v1.';
const MAX_BYTES = 4_096;
const MAX_AGE_MS = 15 * 60_000;
const ALLOWED = new Set(['action', 'version', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-expires', 'x-amz-security-token', 'x-amz-signature', 'x-amz-signedheaders']);
const REGION = '[a-z]{2}(-[a-z]+)+-\\d+';
const HOSTS: Readonly<Record<string, RegExp>> = {
  aws: new RegExp(`^(sts\\.amazonaws\\.com|sts(-fips)?\\.${REGION}\\.(amazonaws\\.com|api\\.aws))$`),
  'aws-cn': new RegExp(`^sts\\.${REGION}\\.(amazonaws\\.com\\.cn|api\\.amazonwebservices\\.com\\.cn)$`),
};

/**
 * Reads a token as the verifier of EKS does, and refuses what it refuses. A string says why.
 * Source: aws-iam-authenticator v0.7.10, pkg/token/token.go; its verdicts are test/vectors/identity/tokens.jsonl.
 */
export function readToken(token: string, partition: string, now: Date): ReadToken | string {
  if (Buffer.byteLength(token) > MAX_BYTES) return 'the token is too large';
  if (!token.startsWith(PREFIX)) return `the token does not begin with ${PREFIX}`;
  const encoded = token.slice(PREFIX.length).replaceAll(/[\r\n]/g, '');
  if (!/^[\w-]*$/.test(encoded)) return 'the token is not base64 of the URL alphabet without padding';
  const url = Buffer.from(encoded, 'base64url').toString('utf8');
  // By hand: WHATWG's URL bends host, port and path before anybody can refuse them.
  const parts = /^([a-z]+):\/\/(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is.exec(url);
  if (parts?.[1]?.toLowerCase() !== 'https') return 'the scheme is not https';
  const [, , host = '', path = '', query = ''] = parts;
  if (HOSTS[partition]?.test(host) !== true) return `${JSON.stringify(host)} is no STS of ${partition}`;
  if (path !== '/') return `the path is ${JSON.stringify(path)}, not /`;
  if (query.includes(';')) return 'the query cannot be read';
  return readQuery(query, host, now);
}

function readQuery(query: string, host: string, now: Date): ReadToken | string {
  const given = [...new URLSearchParams(query)];
  const parameters = new Map(given.map(([name, value]) => [name.toLowerCase(), value]));
  if (parameters.size !== given.length) return 'a parameter stands twice';
  for (const name of parameters.keys()) if (!ALLOWED.has(name)) return `the parameter ${JSON.stringify(name)} is not allowed`;
  const value = (name: string): string => parameters.get(name) ?? '';
  if (value('action') !== 'GetCallerIdentity') return 'the action is not GetCallerIdentity';
  const signed = value('x-amz-signedheaders').split(';');
  if (!signed.some((name) => name.toLowerCase() === 'x-k8s-aws-id')) return 'the header x-k8s-aws-id is not signed';
  const expires = value('x-amz-expires');
  if (!/^\d+$/.test(expires) || Number(expires) > 900) return `X-Amz-Expires is ${JSON.stringify(expires)}`;
  const date = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(value('x-amz-date'));
  if (date === null) return `X-Amz-Date is ${JSON.stringify(value('x-amz-date'))}`;
  const [year, month, day, hour, minute, second] = date.slice(1).map(Number) as [number, number, number, number, number, number];
  if (now.getTime() - Date.UTC(year, month - 1, day, hour, minute, second) > MAX_AGE_MS) return 'the token is older than 15 minutes';
  return {
    accessKeyId: value('x-amz-credential').split('/')[0] ?? '',
    sessionToken: parameters.get('x-amz-security-token'),
    signedBy: (secret, cluster) => signature(given, host, signed, value('x-amz-date'), value('x-amz-credential'), secret, cluster) === value('x-amz-signature'),
  };
}

/** AWS Signature Version 4 of a presigned GET without a body. */
function signature(given: readonly (readonly [string, string])[], host: string, signed: readonly string[], date: string, credential: string, secret: string, cluster: string): string {
  const headers: Readonly<Record<string, string>> = { host, 'x-k8s-aws-id': cluster };
  const canonicalQuery = given
    .filter(([name]) => name.toLowerCase() !== 'x-amz-signature')
    .map(([name, text]) => `${encode(name)}=${encode(text)}`)
    .sort()
    .join('&');
  const lines = signed.map((name) => `${name.toLowerCase()}:${headers[name.toLowerCase()] ?? ''}\n`).join('');
  const request = ['GET', '/', canonicalQuery, lines, signed.join(';'), hash('')].join('\n');
  const [, ...scope] = credential.split('/');
  const key = scope.reduce<Buffer>((under, part) => hmac(under, part), Buffer.from(`AWS4${secret}`));
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope.join('/'), hash(request)].join('\n')).toString('hex');
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
