import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.ts';
import { generateCapture, type ClusterSize } from './generate.ts';
import { leastOf, measure, type Measured } from './measure.ts';

const ROOT = join(import.meta.dirname, '..');
const USAGE = `npm run bench [-- --pods 200,2000,20000,100000] [--pod-bytes 8192] [--runs 3] [--sources]
npm run bench -- --memory [--pods 20000]     the same pods at 8 KB and at 80 KB each
npm run bench -- --functions [--runs 3]      the bundles of the functions: size, and time to the first request
Measures a whole "eksaminer audit" (as it is published; --sources: as it stands here) beside a process that only reads and parses the same files.`;

/** The same pods, ten times as large: memory must follow what is kept, not what is read. */
const SMALL_POD = 8 * 1024;
const LARGE_POD = 80 * 1024;
/** Upwards; the collector is often later, and the peak higher, where less is read. */
const MEMORY_TOLERANCE = 0.1;

interface Options {
  readonly pods: readonly number[];
  readonly podBytes: number;
  readonly runs: number;
  readonly program: string;
}

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { pods: { type: 'string' }, 'pod-bytes': { type: 'string' }, runs: { type: 'string' }, sources: { type: 'boolean' }, memory: { type: 'boolean' }, functions: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return void console.log(USAGE);
  if (values.functions) return measureFunctions(Number(values.runs ?? 3));
  const program = values.sources ? join(ROOT, 'bin/eksaminer.ts') : buildProgram();
  const pods = (values.pods ?? (values.memory ? '20000' : '200,2000,20000,100000')).split(',').map(Number);
  const options: Options = { pods, podBytes: Number(values['pod-bytes'] ?? SMALL_POD), runs: Number(values.runs ?? 3), program };
  if ([...pods, options.podBytes, options.runs].some((number) => !(number > 0))) throw new Error(`these must be positive numbers\n${USAGE}`);
  if (values.memory) await compareMemory(options);
  else {
    await compareTime(options);
    await measureFunctions(options.runs);
  }
}

async function measureFunctions(runs: number): Promise<void> {
  const { benchFunctions } = await import('./functions.ts');
  if (!(await benchFunctions(runs))) process.exitCode = 1;
}

/** Below node_modules, so that it finds its dependencies and is no part of the repository. */
function buildProgram(): string {
  const target = join(ROOT, 'node_modules/.cache/eksaminer-bench');
  build(target);
  return join(target, 'bin/eksaminer.js');
}

async function compareTime({ pods, podBytes, runs, program }: Options): Promise<void> {
  row('pods', 'MB', 'process', 'CPU s', 'wall s', 'peak MB', 'CPU of floor');
  for (const count of pods) {
    await withCapture({ pods: count, podBytes }, async (directory, store, bytes) => {
      const floors: Measured[] = [];
      const audits: Measured[] = [];
      // By turns, so that a busy minute of the machine is both their minute.
      for (let run = 0; run < runs; run++) {
        floors.push(await measure([join(import.meta.dirname, 'floor.mjs'), directory]));
        audits.push(await auditOnce(program, directory, store));
      }
      show(count, bytes, 'read and JSON.parse', leastOf(floors), leastOf(floors));
      show(count, bytes, 'eksaminer audit', leastOf(audits), leastOf(floors));
    });
  }
}

async function compareMemory({ pods, runs, program }: Options): Promise<void> {
  row('pods', 'MB', 'process', 'CPU s', 'wall s', 'peak MB', '');
  for (const count of pods) {
    const peaks: number[] = [];
    for (const podBytes of [SMALL_POD, LARGE_POD]) {
      await withCapture({ pods: count, podBytes }, async (directory, store, bytes) => {
        const audits: Measured[] = [];
        for (let run = 0; run < runs; run++) audits.push(await auditOnce(program, directory, store));
        for (const audit of audits) show(count, bytes, `audit, ${podBytes / 1024} KB a pod`, audit, undefined);
        peaks.push(medianPeak(audits));
      });
    }
    const [small, large] = peaks as [number, number];
    const within = large <= small * (1 + MEMORY_TOLERANCE);
    console.log(`peak at ${LARGE_POD / 1024} KB is ${(large / small).toFixed(2)} of that at ${SMALL_POD / 1024} KB: ${within ? 'no more than' : 'MORE than'} ${MEMORY_TOLERANCE * 100} % above it`);
    if (!within) process.exitCode = 1;
  }
}

/** When the garbage collector runs varies from run to run. NaN, which is within nothing, where a run failed. */
function medianPeak(audits: readonly Measured[]): number {
  const peaks = audits.map((audit) => (audit.ok ? audit.usage.peakBytes : Number.NaN)).sort((a, b) => a - b);
  return audits.every((audit) => audit.ok) ? peaks[peaks.length >> 1]! : Number.NaN;
}

function auditOnce(program: string, directory: string, store: string): Promise<Measured> {
  rmSync(store, { recursive: true, force: true });
  return measure([program, 'audit', '--from', directory, '--store', store]);
}

async function withCapture(size: ClusterSize, use: (directory: string, store: string, bytes: number) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'eksaminer-bench-'));
  try {
    const bytes = await generateCapture(join(root, 'bench'), size);
    await use(join(root, 'bench'), join(root, 'store'), bytes);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function show(pods: number, bytes: number, what: string, measured: Measured, floor: Measured | undefined): void {
  const megabytes = (count: number): string => (count / 1e6).toFixed(0);
  const first = [pods.toLocaleString('en'), megabytes(bytes), what] as const;
  if (!measured.ok) return row(...first, 'failed:', measured.message, '', '');
  const { cpuSeconds, wallSeconds, peakBytes } = measured.usage;
  const ratio = floor?.ok ? (cpuSeconds / floor.usage.cpuSeconds).toFixed(2) : '';
  row(...first, cpuSeconds.toFixed(2), wallSeconds.toFixed(2), megabytes(peakBytes), ratio);
}

function row(...[pods, bytes, what, ...rest]: readonly [string, string, string, ...string[]]): void {
  console.log([pods.padStart(8), bytes.padStart(6), what.padEnd(22), ...rest.map((cell) => cell.padStart(9))].join('  ').trimEnd());
}
