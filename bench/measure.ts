import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a whole process took, from its start to its end. */
export interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

export type Measured = { readonly ok: true; readonly usage: Usage } | { readonly ok: false; readonly message: string };

const REPORT = join(import.meta.dirname, 'report-usage.mjs');

/** Runs a Node process with these arguments and says what it took; `ok: false` with the end of what it said, where it failed. */
export async function measure(args: readonly string[]): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT, ...args], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const said = textOf(child.stdio[2] as AsyncIterable<Buffer>);
  const reported = textOf(child.stdio[3] as AsyncIterable<Buffer>);
  const [code] = (await once(child, 'close')) as [number | null];
  const wallSeconds = (performance.now() - begun) / 1000;
  if (code !== 0) return { ok: false, message: faultIn(await said) };
  return { ok: true, usage: { wallSeconds, ...(JSON.parse(await reported) as Omit<Usage, 'wallSeconds'>) } };
}

/** Of several runs the one with the least CPU time: what else the machine did only adds. The first that failed, if one did. */
export function leastOf(runs: readonly Measured[]): Measured {
  let least = runs[0]!;
  for (const next of runs) if (least.ok && (!next.ok || next.usage.cpuSeconds < least.usage.cpuSeconds)) least = next;
  return least;
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function faultIn(said: string): string {
  const lines = said.trim().split('\n');
  return lines.find((line) => /Error|error|eksaminer:/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}
