import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { IAMClient } from '@aws-sdk/client-iam';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { collected, type Collected } from '../../model/collected.ts';
import { AwsRefusedError, awsRefusal, isMissing } from './aws-fault.ts';
import type { AwsCredentials } from './eks-token.ts';

/** What each call is given: it ends when the cluster's time is up. */
export interface CallOptions {
  readonly abortSignal: AbortSignal;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[] | undefined;
  readonly next: string | undefined;
}

/** The clients for one cluster's account and region, and how every call to them is made. */
export interface AwsSession {
  readonly eks: EKSClient;
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
  /** One call. Throws AwsRefusedError; undefined: what it asks for does not exist (any more). */
  call<T>(action: string, send: (options: CallOptions) => Promise<T>): Promise<T | undefined>;
  /** All pages of a list. Throws AwsRefusedError, also for one that does not end; undefined: what it is a list of does not exist any more. */
  list<T>(action: string, send: (token: string | undefined, options: CallOptions) => Promise<Page<T>>): Promise<readonly T[] | undefined>;
  /** Whether AWS has answered anything so far. */
  answered(): boolean;
  close(): void;
}

export interface SessionOptions {
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly abortSignal: AbortSignal;
  /** In place of AWS's own endpoints. */
  readonly awsEndpoint?: string;
}

const CONNECT_MS = 5_000;
const CALL_MS = 20_000;
/** Adaptive retries slow down before they give up; the cluster's deadline is the end in any case. */
const ATTEMPTS = 8;
/** Pages of a list: a hundred things each make more than any quota allows. */
const PAGES = 500;

export function openSession({ region, credentials, abortSignal, awsEndpoint }: SessionOptions): AwsSession {
  const settings = {
    region,
    credentials,
    retryMode: 'adaptive',
    maxAttempts: ATTEMPTS,
    requestHandler: new NodeHttpHandler({ connectionTimeout: CONNECT_MS, requestTimeout: CALL_MS, throwOnRequestTimeout: true }),
    ...(awsEndpoint === undefined ? {} : { endpoint: awsEndpoint }),
  };
  const eks = new EKSClient(settings);
  const ec2 = new EC2Client(settings);
  const iam = new IAMClient(settings);

  let answers = 0;
  async function call<T>(action: string, send: (options: CallOptions) => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await send({ abortSignal });
      answers += 1;
      return answer;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw new AwsRefusedError(awsRefusal(error, action));
    }
  }

  async function list<T>(action: string, send: (token: string | undefined, options: CallOptions) => Promise<Page<T>>): Promise<readonly T[] | undefined> {
    const items: T[] = [];
    const tokens = new Set<string>();
    for (let token: string | undefined; ; ) {
      const page = await call(action, (options) => send(token, options));
      if (page === undefined) return undefined;
      for (const item of page.items ?? []) items.push(item);
      token = page.next;
      if (token === undefined || token === '') return items;
      if (tokens.has(token)) throw new AwsRefusedError({ code: 'unreadable', message: `${action} gives the same page again and again` });
      if (tokens.size >= PAGES) throw new AwsRefusedError({ code: 'too-large', message: `${action} has more than ${PAGES} pages` });
      tokens.add(token);
    }
  }

  return {
    eks,
    ec2,
    iam,
    call,
    list,
    answered: () => answers > 0,
    close() {
      for (const client of [eks, ec2, iam]) client.destroy();
    },
  };
}

/** What a series of calls gave, or why not. */
export async function collect<T>(read: () => Promise<T>): Promise<Collected<T>> {
  try {
    return collected(await read());
  } catch (error) {
    if (error instanceof AwsRefusedError) return { ok: false, reason: error.refusal };
    throw error;
  }
}
