import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** Runs the CDK app on a configuration, as `cdk synth` does and with the context of cdk.json, into a folder of `directory`: its path. Real bundles, no account, no credentials. */
export async function synthesise(directory: string, configuration: string): Promise<string> {
  const file = join(directory, 'eksaminer.yaml');
  const outdir = join(directory, 'cdk.out');
  writeFileSync(file, configuration);
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { readonly context: object };
  const env = { PATH: process.env['PATH'] ?? '', CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ ...context, config: file }) };
  const child = spawn(process.execPath, [join(ROOT, 'bin/stack.ts')], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
  if (code !== 0) throw new Error(`bin/stack.ts: exit code ${String(code)}\n${Buffer.concat(said).toString('utf8')}`);
  return outdir;
}
