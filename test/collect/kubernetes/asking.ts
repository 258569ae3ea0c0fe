import { expect } from '@jest/globals';
import type { Answer } from '../../../lambda/collect/kubernetes/answer.ts';
import type { Connection } from '../../../lambda/collect/kubernetes/connection.ts';
import { createHttpReader, type GetRequest, type ReaderOptions } from '../../../lambda/collect/kubernetes/http-reader.ts';
import { httpsServer, sendJson, type Handler, type TestServer } from './https-server.ts';
import { TestClock } from './test-clock.ts';

/** Deadlines of the readers here, each of a length of its own so that a test can let one pass. */
export const CONNECT = 1_001;
export const IDLE = 1_002;
export const TOTAL = 1_003;

/** A body as text. */
export async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

interface Asked {
  readonly answer: Answer<unknown>;
  readonly clock: TestClock;
}

/** Asks a server once. */
export async function ask(connection: Connection, request: Partial<GetRequest<unknown>> = {}, options: Partial<ReaderOptions> & { clock?: TestClock } = {}): Promise<Asked> {
  const clock = options.clock ?? new TestClock();
  const reader = createHttpReader(connection, { random: () => 0.5, deadlines: { connectMs: CONNECT, idleMs: IDLE, totalMs: TOTAL }, ...options, clock });
  try {
    return { answer: await reader.get({ path: '/x', maxBytes: 1_000_000, read: text, ...request }), clock };
  } finally {
    reader.close();
    // A timer left running would keep a process alive that has nothing more to do.
    expect(clock.running()).toBe(0);
  }
}

/** Asks a server that answers so. */
export async function askServer(handler: Handler, request?: Partial<GetRequest<unknown>>): Promise<Asked & { readonly server: TestServer }> {
  const server = await httpsServer(handler);
  await using _ = server;
  return { ...(await ask(server.connection, request)), server };
}

/** Answers each request with the next of these, and stays with the last. */
export function inTurn(...handlers: Handler[]): Handler {
  let turn = 0;
  return (request, response) => handlers[Math.min(turn++, handlers.length - 1)]!(request, response);
}

export const fine: Handler = (_, response) => sendJson(response, { fine: true });
