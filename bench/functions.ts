/**
 * `npm run bench -- --functions`: how large each function's bundle is, and how long after the start of its process the first request to each
 * service goes out, beside a Node process that does nothing in the same run.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DiscoverResult } from '../lambda/contract.ts';
import type { Handler } from '../lib/bundle.ts';
import { HANDLERS } from '../lib/bundle.ts';
import { Functions } from '../test/handlers/run-of-functions.ts';

/** Times that of a process that does nothing. */
const MOST_TIMES = 15;
const MOST_BYTES = 3_000_000;
const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:Runs:';

/** Prints a row a function and service. Answers whether all is within bounds. */
export async function benchFunctions(runs: number): Promise<boolean> {
  await using functions = await Functions.start();
  const floor = least(Array.from({ length: runs }, nothing));
  const first = new Map<Handler, Map<string, number>>(HANDLERS.map((handler) => [handler, new Map()]));
  for (let run = 0; run < runs; run++) {
    // A new run each time, in the order of the state machine: notify asks SNS only where there is something to tell.
    for (const [handler, requests] of await firstRequests(functions, run)) {
      const seen = first.get(handler)!;
      for (const [service, time] of Object.entries(requests)) seen.set(service, Math.min(seen.get(service) ?? Infinity, time));
    }
  }
  console.log(`node -e 0: ${floor.toFixed(0)} ms`);
  let within = true;
  for (const [handler, services] of first) {
    const directory = functions.directoryOf(handler);
    const bytes = readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
    within &&= bytes <= MOST_BYTES && services.size > 0;
    console.log(`${handler.padEnd(10)} ${(bytes / 1e6).toFixed(2).padStart(6)} MB`);
    for (const [service, time] of services) {
      const times = time / floor;
      within &&= times <= MOST_TIMES;
      console.log(`  first request to ${service.padEnd(4)} ${time.toFixed(0).padStart(6)} ms ${times.toFixed(1).padStart(6)} times node -e 0`);
    }
  }
  console.log(within ? `within bounds: ${MOST_BYTES / 1e6} MB, ${MOST_TIMES} times` : `OUT of bounds: ${MOST_BYTES / 1e6} MB, ${MOST_TIMES} times`);
  return within;
}

async function firstRequests(functions: Functions, at: number): Promise<readonly (readonly [Handler, Readonly<Record<string, number>>])[]> {
  const discovered = await functions.discover(`${EXECUTION}${at}`, new Date(Date.UTC(2026, 0, 1 + at)).toISOString());
  const { run } = discovered.answer as DiscoverResult;
  // One in an account of its own, whose role is assumed first, and one in this account.
  const audits = [];
  for (const target of functions.targets(run)) audits.push(await functions.audit(run, target));
  const reconciled = await functions.reconcile(run);
  const notified = await functions.notify(run);
  return [
    ['discover', discovered.firstRequests],
    ...audits.map(({ firstRequests: requests }) => ['audit', requests] as const),
    ['reconcile', reconciled.firstRequests],
    ['notify', notified.firstRequests],
  ];
}

function nothing(): number {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - started;
}

function least(numbers: readonly number[]): number {
  return Math.min(...numbers);
}
