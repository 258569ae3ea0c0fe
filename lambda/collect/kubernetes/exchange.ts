import type { IncomingMessage } from 'node:http';
import { request, type Agent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Clock } from './clock.ts';
import type { Connection, Credentials } from './connection.ts';
import { RefusedError } from './transport-fault.ts';

export interface Deadlines {
  /** Until the connection stands, TLS included. */
  readonly connectMs: number;
  /** Without a byte of the answer. */
  readonly idleMs: number;
  /** For the whole answer, however steadily it drips. */
  readonly totalMs: number;
}

/** One GET that was answered. Its body must be read, or dropped. */
export interface Exchange {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly location: string | undefined;
  /** Decompressed. Throws RefusedError past a deadline or `maxBytes`, Node's errors when the connection breaks. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection instead of reading what is left. */
  drop(): void;
}

export interface Get {
  readonly path: string;
  readonly accept: string;
  readonly maxBytes: number;
}

/** The one place that writes to the network, and all it can write is GET. */
export function exchange(connection: Connection, credentials: Credentials, agent: Agent, get: Get, deadlines: Deadlines, clock: Clock): Promise<Exchange> {
  const { server } = connection;
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const watch = watchdog(deadlines, clock, server.host);
  return new Promise((resolve, reject) => {
    const message = request({
      method: 'GET',
      agent,
      host,
      port: server.port === '' ? 443 : Number(server.port),
      path: server.pathname.replace(/\/$/, '') + get.path,
      headers: { ...credentials.headers, accept: get.accept, 'accept-encoding': 'gzip', 'user-agent': 'eksaminer' },
      // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED and NODE_EXTRA_CA_CERTS change nothing where the kubeconfig names a CA.
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(connection.ca === undefined ? {} : { ca: connection.ca }),
      ...(credentials.cert === undefined ? {} : { cert: credentials.cert }),
      ...(credentials.key === undefined ? {} : { key: credentials.key }),
      ...servername(connection, host),
      ...(connection.addresses === undefined ? {} : { lookup: pinned(connection.addresses) }),
    });
    watch.cutBy((error) => message.destroy(error));
    message.once('socket', (socket) => {
      if (message.reusedSocket) return watch.idle();
      watch.connecting();
      socket.once('secureConnect', watch.idle);
    });
    message.on('error', (error) => {
      watch.stop();
      reject(error);
    });
    message.once('response', (response) => {
      // Whoever reads the body is told of errors; without this, one that comes earlier would end the process.
      response.on('error', () => undefined);
      watch.cutBy((error) => response.destroy(error));
      watch.idle();
      resolve({
        status: response.statusCode ?? 0,
        contentType: response.headers['content-type'] ?? '',
        retryAfter: response.headers['retry-after'],
        location: response.headers.location,
        body: bodyOf(response, get.maxBytes, watch),
        drop() {
          watch.stop();
          response.destroy();
        },
      });
    });
    message.end();
  });
}

/** Answers as a resolver would, with what is known already: a name that resolves otherwise a moment later changes nothing. */
function pinned(addresses: NonNullable<Connection['addresses']>): LookupFunction {
  return (_, options, answer) => {
    if (options.all === true) answer(null, [...addresses]);
    else answer(null, addresses[0]!.address, addresses[0]!.family);
  };
}

function servername({ tlsServerName }: Connection, host: string): { readonly servername?: string } {
  if (tlsServerName !== undefined) return { servername: tlsServerName };
  // TLS has no server names that are addresses (RFC 6066, 3); Node still compares the certificate with the address.
  return isIP(host) ? {} : { servername: host };
}

async function* bodyOf(response: IncomingMessage, maxBytes: number, watch: Watchdog): AsyncGenerator<Uint8Array> {
  const body = response.headers['content-encoding'] === 'gzip' ? pipeline(response, createGunzip(), () => undefined) : response;
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      watch.idle();
      bytes += chunk.length;
      if (bytes > maxBytes) throw new RefusedError({ code: 'too-large', message: `an answer is larger than ${megabytes(maxBytes)} MB` }, false);
      yield chunk;
    }
  } finally {
    watch.stop();
    if (!response.complete) response.destroy();
  }
}

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 2 ** 20));
}

interface Watchdog {
  /** What to end when time is up; the newest counts. */
  cutBy(cut: (error: Error) => void): void;
  /** A connection is being made. */
  readonly connecting: () => void;
  /** Something came: the wait for the next byte begins. */
  readonly idle: () => void;
  readonly stop: () => void;
}

/** Cuts a connection that does not come about, says nothing, or says it too slowly. */
function watchdog({ connectMs, idleMs, totalMs }: Deadlines, clock: Clock, host: string): Watchdog {
  let cut: (error: Error) => void = () => undefined;
  let cancelPhase: () => void = () => undefined;
  let stopped = false;
  const cancelTotal = clock.after(totalMs, () => fail(`${host} did not finish its answer in ${inWords(totalMs)}`));

  function fail(message: string): void {
    stop();
    cut(new RefusedError({ code: 'timeout', message }, true));
  }
  function phase(milliseconds: number, message: string): void {
    if (stopped) return;
    cancelPhase();
    cancelPhase = clock.after(milliseconds, () => fail(message));
  }
  function stop(): void {
    stopped = true;
    cancelPhase();
    cancelTotal();
  }
  return {
    cutBy: (by) => {
      cut = by;
    },
    connecting: () => phase(connectMs, `${host} did not answer in ${inWords(connectMs)}`),
    idle: () => phase(idleMs, `${host} said nothing for ${inWords(idleMs)}`),
    stop,
  };
}

function inWords(milliseconds: number): string {
  return milliseconds >= 120_000 ? `${Math.round(milliseconds / 60_000)} minutes` : `${Math.ceil(milliseconds / 1000)} s`;
}
