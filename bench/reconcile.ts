import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newestSeq, readSeal } from '../lambda/reconcile/newest-seal.ts';
import { replay } from '../lambda/reconcile/read-history.ts';
import { stateKey } from '../lambda/storage/layout.ts';
import { toStateBytes } from '../lambda/storage/state-bytes.ts';
import { measure, type Measured } from './measure.ts';
import { beginRun, clusterOf, EVENT_GENERATION } from './reconcile/fleet.ts';
import { slowS3, type Calls, type SlowS3 } from './reconcile/slow-s3.ts';

const USAGE = `npm run bench:reconcile [-- --clusters 10000] [--latency 30] [--every 5000]
Measures the reconcile of runs over all clusters (40 outcomes, 50 open findings each) on an S3 that takes 30 ms a call, while runs over one cluster each are sealed every 5 s:
a first look, a later run, and a run that is killed in the middle of publishing and taken up again.`;
const COMMIT = join(import.meta.dirname, 'reconcile/commit.ts');
const EVENTS = join(import.meta.dirname, 'reconcile/one-cluster-runs.ts');
/** What a run of any kind may take, on a function of 1.7 GB (one processor) and a timeout of 15 minutes. */
const WALL_SECONDS = 300;
const PEAK_BYTES = 1024 ** 3;
/** Looks of full runs are so old when they are reconciled: audits take their time. */
const AGE = 20 * 60_000;
/** Clusters whose states are compared with the fold of their history. */
const SAMPLE = 200;

interface Fleet {
  readonly s3: SlowS3;
  readonly clusters: number;
}

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { clusters: { type: 'string' }, latency: { type: 'string' }, every: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return void console.log(USAGE);
  const [clusters, latency, every] = [values.clusters ?? '10000', values.latency ?? '30', values.every ?? '5000'].map(Number) as [number, number, number];
  if ([clusters, latency, every].some((number) => !(number > 0))) throw new Error(`these must be positive numbers\n${USAGE}`);
  const fleet: Fleet = { s3: await slowS3(latency), clusters };
  const events = spawn(process.execPath, [EVENTS, fleet.s3.url, String(clusters), String(every)], { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    row('run', 'wall s', 'CPU s', 'peak MB', 'calls', 'others sealed');
    await measureRun(fleet, 'first look', 1);
    await measureRun(fleet, 'later run', 2);
    const killed = await killWhilePublishing(fleet, 3);
    await measureRun(fleet, 'killed in publishing, again', 3, killed);
    await measureRun(fleet, 'run after that', 4);
  } finally {
    events.kill();
    if (events.exitCode === null && events.signalCode === null) await once(events, 'close');
    await fleet.s3.close();
  }
  await verify(fleet);
}

async function measureRun({ s3, clusters }: Fleet, name: string, generation: number, begun?: string): Promise<void> {
  const run = begun ?? (await beginAll({ s3, clusters }, generation));
  const before = await newestSeq(s3.store);
  s3.takeCalls('measured');
  const measured = await measure([COMMIT, s3.url, run]);
  const calls = s3.takeCalls('measured');
  show(name, measured, calls, (await newestSeq(s3.store)) - before - (begun === undefined ? 1 : 0));
  const within = measured.ok && measured.usage.wallSeconds < WALL_SECONDS && measured.usage.peakBytes < PEAK_BYTES;
  if (!within) process.exitCode = 1;
}

function beginAll({ s3, clusters }: Fleet, generation: number): Promise<string> {
  return beginRun(s3.store, 'schedule', Array.from({ length: clusters }, (_, number) => number), new Date(Date.now() - AGE), generation);
}

/** Begins a run and kills its reconcile when half of its states are published. Answers the run. */
async function killWhilePublishing({ s3, clusters }: Fleet, generation: number): Promise<string> {
  const run = await beginAll({ s3, clusters }, generation);
  const child = spawn(process.execPath, [COMMIT, s3.url, run], { stdio: ['ignore', 'ignore', 'inherit'] });
  let published = 0;
  s3.onPut = (key) => {
    if (key.startsWith('state/') && ++published === Math.ceil(clusters / 2)) child.kill('SIGKILL');
  };
  await once(child, 'close');
  s3.onPut = () => {};
  if (child.signalCode !== 'SIGKILL') throw new Error('the run was over before it could be killed');
  return run;
}

/** The record is whole: the chain of seals, and that states are the fold of their history, of a sample; what the runs over one cluster found is open. */
async function verify({ s3: { store }, clusters }: Fleet): Promise<void> {
  const newest = await newestSeq(store);
  const runs = new Set<string>();
  let previous: string | undefined;
  for (let seq = 1; seq <= newest; seq++) {
    const { seal, hash } = await readSeal(store, seq);
    if (seal.previous !== previous) throw new Error(`seal ${seq} does not follow the one before it`);
    if (runs.has(seal.run)) throw new Error(`run ${seal.run} was sealed twice`);
    runs.add(seal.run);
    previous = hash;
  }
  const sample = new Set(Array.from({ length: Math.min(SAMPLE, clusters) }, (_, index) => clusterOf(Math.floor((index * clusters) / Math.min(SAMPLE, clusters))).id));
  for (let number = 0; number < Math.min(SAMPLE, clusters); number += 7) sample.add(clusterOf(number).id);
  const states = await replay(store, newest, sample);
  let differing = 0;
  let open = 0;
  for (const [id, state] of states) {
    if (Buffer.compare(toStateBytes(state), (await store.get(stateKey(id)))!.body) !== 0) differing++;
    if (state.findings.some(({ resource }) => Number(resource.name.split('-').at(-1)) >= EVENT_GENERATION)) open++;
  }
  console.log(`${newest} seals in a chain, each of a run of its own; of ${states.size} states ${states.size - differing} are the fold of their history; in ${open} of them findings of runs over one cluster are open`);
  if (differing > 0 || open === 0) process.exitCode = 1;
}

function show(name: string, measured: Measured, calls: Calls, others: number): void {
  const total = [...calls.values()].reduce((sum, count) => sum + count, 0);
  if (!measured.ok) return row(name, 'failed:', measured.message);
  const { wallSeconds, cpuSeconds, peakBytes } = measured.usage;
  row(name, wallSeconds.toFixed(1), cpuSeconds.toFixed(1), (peakBytes / 1e6).toFixed(0), total.toLocaleString('en'), String(others));
  console.log(`  ${[...calls].sort().map(([what, count]) => `${what} ${count.toLocaleString('en')}`).join(', ')}`);
}

function row(name: string, ...cells: readonly string[]): void {
  console.log([name.padEnd(28), ...cells.map((cell) => cell.padStart(10))].join('  ').trimEnd());
}
