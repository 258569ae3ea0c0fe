import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ENGINE_OPTIONS } from './engine-options.ts';

const USAGE = `npm run bench:network [-- --pods 1000,5000,20000,100000] [--runs 3]
Measures what the network costs, from a snapshot's objects to its findings and measures, beside JSON.parse of the same objects as kubectl writes them, by turns and each in a process of its own.`;

interface Run {
  readonly policies: number;
  readonly bytes: number;
  readonly parseSeconds: number;
  readonly findings: number;
  readonly auditSeconds: number;
  readonly liveSeconds: number;
  readonly heapBytes: number;
  readonly peakBytes: number;
}

/** At most so many times JSON.parse, and so many bytes at the peak, with the objects themselves. */
const GOALS = new Map([
  [20_000, { ratio: 0.5, bytes: 300e6 }],
  [100_000, { ratio: 1, bytes: 700e6 }],
]);

const { values } = parseArgs({ options: { pods: { type: 'string' }, runs: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) console.log(USAGE);
else bench((values.pods ?? '1000,5000,20000,100000').split(',').map(Number), Number(values.runs ?? 3));

function bench(sizes: readonly number[], runs: number): void {
  if ([...sizes, runs].some((number) => !(number > 0))) throw new Error(`these must be positive numbers\n${USAGE}`);
  row('pods', 'policies', 'MB', 'parse s', 'findings s', 'of parse', 'us/object', 'live s', 'kept MB', 'peak MB');
  for (const pods of sizes) {
    const all = Array.from({ length: runs }, () => runOnce(pods));
    // The least of several: what else the machine did only adds.
    const least = (of: (run: Run) => number): number => Math.min(...all.map(of));
    const { policies, bytes, heapBytes } = all[0]!;
    const [parse, audit, peak] = [least((run) => run.parseSeconds), least((run) => run.auditSeconds), least((run) => run.peakBytes)];
    const megabytes = (count: number): string => (count / 1e6).toFixed(0);
    row(...[pods, policies].map((count) => count.toLocaleString('en')), megabytes(bytes), parse.toFixed(2), audit.toFixed(2), (audit / parse).toFixed(2), ((audit * 1e6) / (pods + policies)).toFixed(1), least((run) => run.liveSeconds).toFixed(2), megabytes(heapBytes), megabytes(peak));
    const goal = GOALS.get(pods);
    if (goal && (audit > goal.ratio * parse || peak > goal.bytes)) {
      console.log(`         over the goal: at most ${goal.ratio} of parse and ${megabytes(goal.bytes)} MB`);
      process.exitCode = 1;
    }
  }
}

function runOnce(pods: number): Run {
  return { ...part(pods, 'parse'), ...part(pods, 'audit'), ...part(pods, 'live') } as Run;
}

function part(pods: number, name: 'parse' | 'audit' | 'live'): Partial<Run> {
  return JSON.parse(execFileSync(process.execPath, [...ENGINE_OPTIONS, join(import.meta.dirname, 'network/run.ts'), String(pods), name], { encoding: 'utf8' })) as Partial<Run>;
}

function row(...cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(10)).join(' '));
}
