import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address for all of AWS: hands each request to whoever plays its service, and notes when each service was first asked. */
export class FrontDoor implements AsyncDisposable {
  /** By service: when its first request since `forget` arrived, as `performance.now()`. */
  readonly arrivals = new Map<string, number>();
  private readonly services: Readonly<Record<string, string>>;
  private readonly server: Server;

  private constructor(services: Readonly<Record<string, string>>) {
    this.services = services;
    this.server = createServer((message, response) => this.serve(message, response));
  }

  /** `services`: endpoint by the name that stands in signatures. */
  static async open(services: Readonly<Record<string, string>>): Promise<FrontDoor> {
    const door = new FrontDoor(services);
    await new Promise<void>((resolve) => door.server.listen(0, '127.0.0.1', resolve));
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  forget(): void {
    this.arrivals.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(message: IncomingMessage, response: ServerResponse): void {
    const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(message.headers.authorization ?? '')?.[1] ?? 'unsigned';
    if (!this.arrivals.has(service)) this.arrivals.set(service, performance.now());
    const endpoint = this.services[service];
    if (endpoint === undefined) return void response.writeHead(501).end(`nobody plays ${service}`);
    const { hostname, port } = new URL(endpoint);
    const passed = request({ hostname, port, method: message.method, path: message.url, headers: message.headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    message.pipe(passed);
  }
}
