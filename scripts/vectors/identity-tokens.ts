import { presignedIdentity } from '../../lambda/collect/eks/eks-token.ts';
// The verifier of the test bed's API server: no part of the product, and what the signer is tried on.
import { readToken } from '../../test/aws/eks/read-token.ts';
import type { JudgedVerdict } from './vector-kind.ts';

export interface TokenVector {
  readonly name: string;
  readonly now: string;
  readonly partition: string;
  readonly token: string;
  readonly url: string;
  readonly format: boolean;
  readonly error?: string;
  readonly make?: {
    readonly region: string;
    readonly host: string;
    readonly cluster: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
    readonly date: string;
    readonly expires: string;
  };
}

/** Whether a token would be sent to STS; and, of those that were made as ours are, what our signer makes of the same. */
export async function* judgeToken({ name, now, partition, token, url, format, make }: TokenVector): AsyncIterable<JudgedVerdict> {
  const read = readToken(token, partition, new Date(now));
  yield { kind: 'token', case: name, expected: String(format), got: String(typeof read !== 'string') };
  // Our signer takes a number of seconds.
  if (!make || Number.isNaN(Number(make.expires))) return;
  const { date, expires, host, region, cluster, ...credentials } = make;
  const made = await presignedIdentity({ host, region, cluster, credentials, now: timeOf(date), expires: Number(expires) });
  yield { kind: 'signed token', case: name, expected: parametersOf(url), got: parametersOf(made) };
}

function timeOf(date: string): Date {
  return new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function parametersOf(url: string): string {
  const { host, searchParams } = new URL(url);
  return JSON.stringify([host, [...searchParams].sort()]);
}
