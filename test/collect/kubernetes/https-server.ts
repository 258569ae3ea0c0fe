import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { Connection } from '../../../lambda/collect/kubernetes/connection.ts';

export function certificate(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'certificates', name));
}

export interface TestServer extends AsyncDisposable {
  /** With the right CA and a token. */
  readonly connection: Connection;
  /** `GET /path?query`, in order of arrival. */
  readonly requests: string[];
  readonly server: URL;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTPS server on loopback with a certificate of the tests' CA. */
export async function httpsServer(handler: Handler, options: ServerOptions & { readonly onConnection?: (socket: Socket) => void } = {}): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer({ cert: certificate('server.crt'), key: certificate('server.key'), ...options }, (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    handler(request, response);
  });
  if (options.onConnection) server.prependListener('connection', options.onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    requests,
    server: url,
    connection: { server: url, ca: certificate('ca.crt'), certificateAdvice: 'check server and certificate-authority-data in the kubeconfig', credentials: () => Promise.resolve({ headers: { Authorization: 'Bearer right' } }) },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function sendJson(response: ServerResponse, value: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** The body of an error answer. */
export function statusOf(code: number, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code };
}
