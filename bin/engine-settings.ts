import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** The only engine that these were measured with, that of Node 24; another may not even know them. */
const MEASURED_MAJOR = 24;
/** What comes with Node is translated ahead, but only for an engine that still has the settings it was started with: asked for later, all of it is translated again. */
const PARTS_OF_NODE = ['child_process', 'crypto', 'fs/promises', 'perf_hooks', 'stream', 'timers/promises', 'util', 'worker_threads', 'zlib'] as const;
/**
 * A run is over in a second or two: what the engine would translate into faster code is seldom run often enough any more to pay for that
 * (docs/decisions/0009-late-translation.md).
 */
const LATE = ['--invocation-count-for-maglev=10000', '--invocation-count-for-turbofan=300000'] as const;
/** What is kept for the next run is what was translated when a file was loaded: so all of it, or each run would do again what its functions need at their first call. */
const ALL_AT_ONCE = '--no-lazy';
const AT_FIRST_CALL = '--always-sparkplug';
/** New objects get their room at once and not by doubling it from a megabyte on. */
const GROWTH = '--semi-space-growth-factor=16';

/** Both halves of the part that new objects go into, as the engine counts them. */
const ENOUGH_BYTES = 32 * 2 ** 20;
const LOOK_EVERY_MS = 5;

/** For a process that ends soon; before its code is loaded. `isKept`: what is translated is kept for the next run. */
export async function settleEngine({ isKept }: { readonly isKept: boolean }): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) !== MEASURED_MAJOR) return;
  await Promise.all(PARTS_OF_NODE.map((part) => import(`node:${part}`)));
  for (const flag of [...LATE, isKept ? ALL_AT_ONCE : AT_FIRST_CALL, GROWTH]) setFlagsFromString(flag);
  stopYoungGenerationAtHalf();
}

/**
 * The engine doubles the part of its memory that new objects go into up to 64 MB, and what is new to the process must be made by the system, page
 * by page. A short run is over before that pays (docs/decisions/0010-young-generation.md): it grows to half of it and stops. Looks at it now and then until it does.
 */
function stopYoungGenerationAtHalf(): void {
  const timer = setInterval(() => {
    if (!isLargeEnough()) return;
    // By this factor from now on.
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(timer);
  }, LOOK_EVERY_MS);
  timer.unref();
}

function isLargeEnough(): boolean {
  return getHeapSpaceStatistics().some(({ space_name, space_size }) => space_name === 'new_space' && space_size >= ENOUGH_BYTES);
}
