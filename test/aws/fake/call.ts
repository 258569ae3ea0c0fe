import type { FakeAccount, FakeRegion } from './fake-data.ts';

/** One request as it arrived, and what came of it. */
export interface RecordedCall {
  /** As IAM names it: `eks:ListAddons`. */
  readonly action: string;
  readonly account: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** Of the EKS cluster in the path. */
  readonly cluster?: string;
  /** HTTP status of the answer. */
  readonly status: number;
}

/** Who calls, and where: read off the signature. */
export interface Caller {
  readonly account: string;
  /** ARN of the principal. */
  readonly arn: string;
  readonly accessKeyId: string;
}

/** What an operation sees. */
export interface Call {
  readonly action: string;
  readonly caller: Caller;
  readonly region: string;
  readonly cluster?: string;
  /** Parameters of the query APIs; query and JSON body of EKS. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly data: FakeAccount;
  readonly here: FakeRegion;
  /** At most this many things on a page, whatever is asked for. */
  readonly pageSize: number;
}

/** An answer of an operation: what is said, or an error by its code. */
export type Said = { readonly ok: true; readonly value: object } | { readonly ok: false; readonly status: number; readonly code: string; readonly message: string };

export function said(value: object): Said {
  return { ok: true, value };
}

export function fault(status: number, code: string, message: string): Said {
  return { ok: false, status, code, message };
}

/** One page of a list, and where the next begins. A token is good for the operation that gave it. */
export function page<T>(call: Call, all: readonly T[], from: string | undefined, asked: string | undefined): { readonly items: readonly T[]; readonly next: string | undefined } {
  const start = from === undefined ? 0 : Number(Buffer.from(from, 'base64url').toString().split('@')[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new Error(`the token ${from} was not given by this fake`);
  const end = start + Math.min(call.pageSize, asked === undefined ? Infinity : Number(asked));
  return { items: all.slice(start, end), next: end < all.length ? Buffer.from(`${call.action}@${end}`).toString('base64url') : undefined };
}
