import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ENGINE_OPTIONS } from './engine-options.ts';

const USAGE = `npm run bench:rbac [-- --bindings 1000,4000,40000]
From a snapshot of that many RoleBindings (half as many Roles, and one binding with half as many subjects) to the findings of every check of rights,
beside JSON.parse of the same objects in the same process: the least of three runs each.`;
/** What is allowed at the largest size: times of the parse, and bytes of the process. */
const TIMES = 5;
const PEAK_BYTES = 700e6;

interface Figures {
  readonly bytes: number;
  readonly parseMs: number;
  readonly judgeMs: number;
  readonly findings: number;
  readonly peakBytes: number;
}

const { values } = parseArgs({ options: { bindings: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) console.log(USAGE);
else benchAll((values.bindings ?? '1000,4000,40000').split(',').map(Number));

function benchAll(sizes: readonly number[]): void {
  if (sizes.some((size) => !(size > 0))) throw new Error(`these must be positive numbers\n${USAGE}`);
  row('bindings', 'MB', 'parse ms', 'judge ms', 'of parse', 'findings', 'peak MB');
  const largest = Math.max(...sizes);
  for (const size of sizes) {
    const { bytes, parseMs, judgeMs, findings, peakBytes } = measured(size);
    row(String(size), (bytes / 1e6).toFixed(1), parseMs.toFixed(1), judgeMs.toFixed(1), (judgeMs / parseMs).toFixed(2), String(findings), (peakBytes / 1e6).toFixed(0));
    // The limit is that of the largest: a small one is mostly what code takes that runs for the first time.
    if (size < largest || (judgeMs <= TIMES * parseMs && peakBytes <= PEAK_BYTES)) continue;
    console.log(`over the limit of ${TIMES} times the parse and ${PEAK_BYTES / 1e6} MB`);
    process.exitCode = 1;
  }
}

function measured(bindings: number): Figures {
  const out = execFileSync(process.execPath, [...ENGINE_OPTIONS, join(import.meta.dirname, 'rbac/one-size.ts'), String(bindings)], { encoding: 'utf8', maxBuffer: 1e6 });
  return JSON.parse(out) as Figures;
}

function row(...cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(10)).join(' '));
}
