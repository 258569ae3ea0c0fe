import { Agent } from 'node:https';
import type { RefusalCode } from '../../model/collected.ts';
import { noAnswer, type Answer } from './answer.ts';
import { retryDelay } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Connection, Credentials } from './connection.ts';
import { exchange, type Deadlines, type Exchange } from './exchange.ts';
import { serverText } from './server-text.ts';
import { RefusedError, transportFault } from './transport-fault.ts';

export interface GetRequest<T> {
  /** With its query; begins with `/`. */
  readonly path: string;
  readonly accept?: string;
  /** Of the answer, decompressed. */
  readonly maxBytes: number;
  /** Reads a 200's body. Called again, from the beginning, when an attempt broke off and is repeated. */
  read(body: AsyncIterable<Uint8Array>, contentType: string): Promise<T>;
}

/** Reads one API server. There is no way to ask it for anything but a GET. */
export interface HttpReader {
  get<T>(request: GetRequest<T>): Promise<Answer<T>>;
  close(): void;
}

export interface ReaderOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly deadlines?: Partial<Deadlines>;
  /** For everything together, counted from now. */
  readonly deadlineMs?: number;
}

const DEADLINES: Deadlines = { connectMs: 10_000, idleMs: 30_000, totalMs: 180_000 };
const CLUSTER_DEADLINE_MS = 15 * 60_000;
const ATTEMPTS = 5;
/** A server that has not answered once, and a deadline that has passed, get one more attempt: what is down stays down longer than we wait. */
const FEW_ATTEMPTS = 2;
/** Of an error answer's text. */
const STATUS_BYTES = 64 * 1024;

/**
 * A refusal is an answer, never an exception: 401 after fresh credentials, 403, 404, 410, other 4xx; a redirect (credentials go nowhere else); 429, 5xx and
 * broken connections after five attempts; a deadline; a byte cap; what is not JSON.
 */
export function createHttpReader(connection: Connection, options: ReaderOptions): HttpReader {
  const { clock, random } = options;
  const deadlines = { ...DEADLINES, ...options.deadlines };
  const whole = options.deadlineMs ?? CLUSTER_DEADLINE_MS;
  const end = clock.now() + whole;
  const agent = new Agent({ keepAlive: true });
  const { host } = connection.server;
  const signIn = signer(connection, clock);
  let reached = false;
  /** The last request got no answer at all: until one does, none is tried twice, or a cluster that went away would cost every list its patience. */
  let lost = false;

  async function get<T>(request: GetRequest<T>): Promise<Answer<T>> {
    for (let attempt = 1; ; attempt++) {
      const left = end - clock.now();
      if (left <= 0) return noAnswer('timeout', `not read any more: this cluster took longer than ${Math.round(whole / 60_000)} minutes`);
      const tried = await attemptOnce(request, left);
      if (!tried.again || attempt >= tried.attempts || lost) {
        lost = isSilence(tried.answer);
        return tried.answer;
      }
      const delay = retryDelay(attempt, tried.retryAfter, clock, random);
      // Waiting past the end would only hide what was said.
      if (clock.now() + delay >= end) return tried.answer;
      await clock.sleep(delay);
    }
  }

  async function attemptOnce<T>(request: GetRequest<T>, left: number): Promise<Tried<T>> {
    try {
      let signed = await signIn.current();
      let answered = await send(signed.credentials, request, left);
      if (answered.status === 401) {
        answered.drop();
        const renewed = await signIn.renew(signed);
        if (!renewed) return final(noAnswer('unauthorized', 'the API server does not accept the credentials (401)', 401));
        signed = renewed;
        answered = await send(signed.credentials, request, left);
      }
      if (answered.status !== 401) signed.worked = true;
      return await understand(request, answered);
    } catch (error) {
      const { refusal, retry } = transportFault(error, host, connection.certificateAdvice);
      return { answer: { ok: false, reason: refusal }, again: retry, attempts: reached && refusal.code !== 'timeout' ? ATTEMPTS : FEW_ATTEMPTS };
    }
  }

  async function send<T>(credentials: Credentials, { path, accept = 'application/json', maxBytes }: GetRequest<T>, left: number): Promise<Exchange> {
    const totalMs = Math.min(deadlines.totalMs, left);
    const answered = await exchange(connection, credentials, agent, { path, accept, maxBytes }, { ...deadlines, totalMs }, clock);
    reached = true;
    lost = false;
    return answered;
  }

  async function understand<T>(request: GetRequest<T>, answered: Exchange): Promise<Tried<T>> {
    const { status, contentType, retryAfter } = answered;
    if (status === 200) {
      if (!/^application\/json\b/i.test(contentType)) {
        answered.drop();
        const what = contentType === '' ? 'without a content type' : `as ${serverText(contentType, 60)}`;
        return final(noAnswer('unreadable', `${host} answers ${what}, not as JSON: is it a Kubernetes API server?`, status));
      }
      return final({ ok: true, value: await request.read(answered.body, contentType) });
    }
    if (status >= 300 && status < 400) {
      answered.drop();
      const to = answered.location === undefined ? '' : ` to ${serverText(answered.location, 100)}`;
      return final(noAnswer('unreadable', `${host} redirects${to}; not followed, because credentials go to the cluster alone`, status));
    }
    const said = await statusText(answered);
    const again = status === 429 || status >= 500;
    const tail = said === '' ? '' : `: ${said}`;
    const answer = noAnswer(codeFor(status), status === 401 ? 'the API server does not accept the credentials (401)' : `the API server answered ${status}${tail}`, status);
    return { answer, again, attempts: ATTEMPTS, ...(retryAfter === undefined ? {} : { retryAfter }) };
  }

  return { get, close: () => agent.destroy() };
}

interface Tried<T> {
  readonly answer: Answer<T>;
  readonly again: boolean;
  readonly attempts: number;
  readonly retryAfter?: string;
}

function final<T>(answer: Answer<T>): Tried<T> {
  return { answer, again: false, attempts: 1 };
}

function isSilence(answer: Answer<unknown>): boolean {
  return !answer.ok && (answer.reason.code === 'unreachable' || answer.reason.code === 'timeout');
}

function codeFor(status: number): RefusalCode {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  return 'unavailable';
}

/** The message of a Kubernetes `Status`, or nothing: what else an error page says helps nobody. */
async function statusText({ body }: Exchange): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > STATUS_BYTES) return '';
  }
  try {
    const status: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof status === 'object' && status !== null && 'message' in status && typeof status.message === 'string' ? serverText(status.message) : '';
  } catch {
    return '';
  }
}

interface Signed {
  readonly credentials: Credentials;
  /** The server has accepted them at least once. */
  worked: boolean;
}

/** One set of credentials for all requests, renewed when it stops working; never twice for a server that just does not want us. */
function signer(connection: Connection, clock: Clock) {
  let first = true;
  let latest: Promise<Signed> | undefined;

  async function obtain(again: boolean): Promise<Signed> {
    try {
      return { credentials: await connection.credentials(again), worked: false };
    } catch (error) {
      const what = serverText(error instanceof Error ? error.message : String(error));
      throw new RefusedError({ code: 'unauthorized', message: `no credentials to sign in with: ${what}` }, false);
    }
  }
  return {
    async current(): Promise<Signed> {
      const asked = (latest ??= obtain(false));
      const known = await asked;
      if (known.credentials.expiresAt === undefined || clock.date() < known.credentials.expiresAt) return known;
      // Whoever waited with us has asked for new ones already.
      if (latest === asked) latest = obtain(false);
      return latest;
    },
    /** Newer ones than those that were refused; undefined: there is nothing newer to try. */
    async renew(refused: Signed): Promise<Signed | undefined> {
      const known = await latest;
      if (known !== undefined && known !== refused) return known;
      if (!first && !refused.worked) return undefined;
      first = false;
      latest = obtain(true);
      return latest;
    },
  };
}
