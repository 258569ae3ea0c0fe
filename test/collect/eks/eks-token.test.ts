import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eksToken, presignedIdentity } from '../../../lambda/collect/eks/eks-token.ts';

interface Vector {
  readonly name: string;
  readonly url: string;
  readonly format: boolean;
  readonly make?: { readonly region: string; readonly host: string; readonly cluster: string; readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string; readonly date: string; readonly expires: string };
}

/** Tokens with what they were signed from, and whether the verifier of aws-iam-authenticator v0.7.10 takes them. */
const VECTORS = readFileSync(join(import.meta.dirname, '../../vectors/identity/tokens.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);
const MADE = VECTORS.filter(({ make, format }) => make !== undefined && format);

function dateOf(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function parametersOf(url: string): readonly (readonly string[])[] {
  return [...new URL(url).searchParams].sort();
}

test('there are the tokens that the vectors were chosen for', () => {
  expect(MADE).toHaveLength(17);
});

test.each(MADE.map((vector) => [vector.name, vector] as const))('signs as other clients do: %s', async (_, { url, make }) => {
  const { host, region, cluster, date, expires, ...credentials } = make!;
  const ours = await presignedIdentity({ host, region, cluster, credentials, now: dateOf(date), expires: Number(expires) });
  expect(new URL(ours).host).toBe(host);
  expect(parametersOf(ours)).toEqual(parametersOf(url));
});

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const NOW = new Date('2026-11-21T06:00:00.000Z');

function urlIn(token: string): URL {
  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/);
  return new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
}

test.each([
  [undefined, 'eu-west-1', 'sts.eu-west-1.amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
  ['aws-iso', 'us-iso-east-1', 'sts.us-iso-east-1.c2s.ic.gov'],
])('asks the STS of the partition (%s) in the region of the cluster', async (partition, region, host) => {
  const url = urlIn(await eksToken({ cluster: 'shop', region, credentials: KEYS, now: NOW, ...(partition === undefined ? {} : { partition }) }));
  expect(url.host).toBe(host);
  expect(url.searchParams.get('X-Amz-Credential')).toBe(`AKIDEXAMPLE/20261121/${region}/sts/aws4_request`);
  expect(url.searchParams.get('X-Amz-Date')).toBe('20261121T060000Z');
  expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-k8s-aws-id');
});

test('is for one cluster: another name gives another signature', async () => {
  const [one, other] = await Promise.all(['shop', 'Shop'].map((cluster) => eksToken({ cluster, region: 'eu-west-1', credentials: KEYS, now: NOW })));
  expect(urlIn(one!).searchParams.get('X-Amz-Signature')).not.toBe(urlIn(other!).searchParams.get('X-Amz-Signature'));
});

test('says which partition it does not know, and lets the reason for missing credentials through', async () => {
  await expect(eksToken({ cluster: 'shop', region: 'xx-1', partition: 'aws-moon', credentials: KEYS, now: NOW })).rejects.toThrow(/aws-moon is not known/);
  await expect(eksToken({ cluster: 'shop', region: 'eu-west-1', credentials: () => Promise.reject(new Error('no keys here')), now: NOW })).rejects.toThrow('no keys here');
});
