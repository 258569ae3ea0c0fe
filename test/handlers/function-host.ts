import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, type BundleFiles, type Handler } from '../../lib/bundle.ts';
import type { FrontDoor } from './front-door.ts';

const INVOKE = join(import.meta.dirname, 'invoke.mjs');

export interface Invoked {
  readonly answer: unknown;
  /** What it wrote to standard output: logs and metrics, a line each, as JSON. */
  readonly said: readonly Readonly<Record<string, unknown>>[];
  /** Milliseconds from the start of the process to the first request to each service. */
  readonly firstRequests: Readonly<Record<string, number>>;
}

/** Runs the bundles as Lambda does: each call in a clean Node process, with an environment and nothing else. */
export class FunctionHost implements Disposable {
  private readonly directory = mkdtempSync(join(tmpdir(), 'eksaminer-functions-'));
  private readonly door: FrontDoor;
  private readonly account: string;

  constructor(door: FrontDoor, account: string) {
    this.door = door;
    this.account = account;
  }

  /** Makes the bundle. */
  prepare(handler: Handler, files: BundleFiles = {}): void {
    mkdirSync(join(this.directory, handler));
    bundle(handler, join(this.directory, handler), files);
  }

  /** Where the bundle and what lies beside it is. */
  directoryOf(handler: Handler): string {
    return join(this.directory, handler);
  }

  /** Rejects with what the process wrote to standard error when the function throws. */
  async invoke(handler: Handler, event: unknown, environment: Readonly<Record<string, string>>): Promise<Invoked> {
    const started = performance.now();
    this.door.forget();
    const child = spawn(process.execPath, [INVOKE, join(this.directoryOf(handler), 'index.mjs'), JSON.stringify(event)], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: this.account,
        AWS_SECRET_ACCESS_KEY: 'fake',
        AWS_ENDPOINT_URL: this.door.url,
        AWS_LAMBDA_FUNCTION_NAME: handler,
        POWERTOOLS_SERVICE_NAME: 'Eksaminer',
        ...environment,
      },
    });
    const [said, wrong, answer] = await Promise.all([1, 2, 3].map((stream) => textOf(child.stdio[stream] as AsyncIterable<Buffer>)));
    if (child.exitCode === null) await once(child, 'exit');
    if (child.exitCode !== 0) throw new Error(`${handler} failed:\n${wrong}${said}`);
    const lines = said!.split('\n').filter((line) => line !== '');
    const firstRequests = Object.fromEntries([...this.door.arrivals].map(([service, at]) => [service, at - started]));
    return { answer: JSON.parse(answer!) as unknown, said: lines.map((line) => JSON.parse(line) as Record<string, unknown>), firstRequests };
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
