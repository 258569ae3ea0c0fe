import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');

export interface EmulatorOptions {
  /** Account of the key `test` (12 digits), whose root user it is. */
  readonly account?: string;
  readonly region?: string;
  /** Judge every call by the IAM policies of its caller. */
  readonly auth?: boolean;
  /** What the emulator's process, and with it every Lambda function, has in its environment besides. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Emulator extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly account: string;
  readonly region: string;
  /** Throws everything away that was made in it. */
  reset(): Promise<void>;
  /** The last of what it wrote, functions' output included. */
  log(): string;
}

/**
 * Starts an emulator of AWS with everything it keeps in a folder of its own, on loopback alone: each of the settings below matters, without them it listens
 * on all interfaces. Disposing of it ends its process and the functions that it started, and no other process.
 */
export async function startEmulator(python: string, options: EmulatorOptions = {}): Promise<Emulator> {
  const { account = '123456789012', region = 'eu-west-1', auth = false, environment = {} } = options;
  const dir = mkdtempSync(join(tmpdir(), 'eksaminer-aws-'));
  const logFile = join(dir, 'emulator.log');
  const port = await freePort();
  // A process group of its own: functions are its children, and go with it.
  const child = spawn(python, ['-m', 'ministack'], {
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      // Functions run on the first `node`: the one of the Lambda runtime, whatever the machine has.
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      TMPDIR: dir,
      STATE_DIR: join(dir, 'state'),
      S3_DATA_DIR: join(dir, 's3'),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: 'false',
      SFTP_ENABLED: 'false',
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
      ...(auth ? { AUTH: 'true', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } : {}),
      ...environment,
    },
  });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const end = (): void => endGroup(child);
  process.once('exit', end);
  const url = `http://127.0.0.1:${port}`;
  const dispose = async (): Promise<void> => {
    process.removeListener('exit', end);
    const gone = new Promise((done) => child.once('exit', done));
    end();
    if (child.exitCode === null && child.signalCode === null) await gone;
    log.end();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const tail = (): string => readFileSync(logFile, 'utf8').slice(-20_000);
  try {
    await ready(`${url}/_ministack/health`, child, tail);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    url,
    account,
    region,
    log: tail,
    async reset() {
      const { status } = await fetch(`${url}/_ministack/reset`, { method: 'POST' });
      if (status !== 200) throw new Error(`the emulator was not reset: ${status}`);
    },
    [Symbol.asyncDispose]: dispose,
  };
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

async function ready(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`the emulator of AWS ended:\n${log()}`);
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
    await wait(100);
  }
  throw new Error(`the emulator of AWS was not ready after 30 seconds:\n${log()}`);
}
