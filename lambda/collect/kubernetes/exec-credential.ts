import { spawn } from 'node:child_process';
import { isAbsolute, join } from 'node:path';
import { systemClock, type Clock } from './clock.ts';
import { serverText } from './server-text.ts';

/** A kubeconfig user's `exec`: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export interface ExecConfig {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly installHint?: string;
  readonly interactiveMode?: string;
  readonly provideClusterInfo?: boolean;
}

/** What the plugin is told of the cluster where the kubeconfig wants that. */
export interface ExecCluster {
  readonly server: string;
  readonly 'certificate-authority-data'?: string;
  readonly 'tls-server-name'?: string;
}

export interface ExecCredential {
  readonly token?: string;
  readonly clientCertificateData?: string;
  readonly clientKeyData?: string;
}

/** A plugin that asks a person something would wait for ever: nobody sees it. */
const PLUGIN_MS = 60_000;
const OUTPUT_BYTES = 1024 * 1024;

/** Throws where the entry cannot be understood. */
export function readExecConfig(exec: unknown): ExecConfig {
  const { apiVersion, command, args, env, installHint, interactiveMode, provideClusterInfo } = (exec ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof command !== 'string' || command === '') throw new Error('the user\'s exec entry in the kubeconfig names no command');
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  return {
    apiVersion: typeof apiVersion === 'string' ? apiVersion : 'client.authentication.k8s.io/v1beta1',
    command,
    args: list(args).map(String),
    env: list(env).flatMap((entry) => {
      const { name, value } = (entry ?? {}) as Readonly<Record<string, unknown>>;
      return typeof name === 'string' ? [{ name, value: String(value ?? '') }] : [];
    }),
    ...(typeof installHint === 'string' ? { installHint } : {}),
    ...(typeof interactiveMode === 'string' ? { interactiveMode } : {}),
    ...(provideClusterInfo === true ? { provideClusterInfo } : {}),
  };
}

/**
 * Runs a credential plugin (`aws eks get-token`, …) without a terminal and reads the credential that it prints. `directory`: where a relative command with a
 * path in it is found from. Throws with what the plugin said, ended after a minute if need be.
 */
export async function execCredential(exec: ExecConfig, directory: string, cluster: ExecCluster, clock: Clock = systemClock): Promise<ExecCredential> {
  const name = serverText(exec.command, 80);
  if (exec.interactiveMode === 'Always') throw new Error(`${name} must ask at a terminal (interactiveMode: Always), and an audit has none`);
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo ? { cluster } : {}) },
  };
  const env = { ...process.env, ...Object.fromEntries(exec.env.map((entry) => [entry.name, entry.value])), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
  const output = await run(commandPath(exec.command, directory), exec, env, name, clock);
  return readCredential(output, name);
}

function commandPath(command: string, directory: string): string {
  return /[/\\]/.test(command) && !isAbsolute(command) ? join(directory, command) : command;
}

function run(command: string, exec: ExecConfig, env: NodeJS.ProcessEnv, name: string, clock: Clock): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, exec.args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const cancel = clock.after(PLUGIN_MS, () => child.kill('SIGKILL'));
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let bytes = 0;
    const keep = (list: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= OUTPUT_BYTES) list.push(chunk);
      else child.kill('SIGKILL');
    };
    child.stdout.on('data', keep(out));
    child.stderr.on('data', keep(err));
    child.on('error', (error: NodeJS.ErrnoException) => {
      cancel();
      const hint = exec.installHint === undefined ? 'install it, or check PATH' : serverText(exec.installHint);
      reject(new Error(error.code === 'ENOENT' ? `${name} is not installed here; ${hint}` : `${name} cannot be run (${error.code ?? error.message})`));
    });
    child.on('close', (code, signal) => {
      cancel();
      const said = serverText(Buffer.concat(err).toString('utf8'));
      const tail = said === '' ? '' : `: ${said}`;
      if (bytes > OUTPUT_BYTES) reject(new Error(`${name} printed more than 1 MB; no credential is as large`));
      else if (signal !== null) reject(new Error(`${name} was ended after ${PLUGIN_MS / 1000} s without a credential${tail}`));
      else if (code !== 0) reject(new Error(`${name} failed (exit code ${code})${tail}`));
      else resolve(Buffer.concat(out).toString('utf8'));
    });
    // A grandchild that holds the pipes open after the plugin was ended must not hold the audit up.
    child.on('exit', (_code, signal) => {
      if (signal === null) return;
      child.stdout.destroy();
      child.stderr.destroy();
    });
  });
}

function readCredential(output: string, name: string): ExecCredential {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    throw new Error(`${name} printed no JSON`);
  }
  const status = (value as { readonly status?: Readonly<Record<string, unknown>> | null } | null)?.status;
  const { token, clientCertificateData, clientKeyData } = typeof status === 'object' && status !== null ? status : {};
  const credential = {
    ...(typeof token === 'string' && token !== '' ? { token } : {}),
    ...(typeof clientCertificateData === 'string' && typeof clientKeyData === 'string' ? { clientCertificateData, clientKeyData } : {}),
  };
  if (Object.keys(credential).length === 0) throw new Error(`${name} printed no token and no client certificate (an ExecCredential's status)`);
  return credential;
}
