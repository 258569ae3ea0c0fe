import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Both halves of it, as the engine counts them. */
const ENOUGH_BYTES = 32 * 2 ** 20;
const LOOK_EVERY_MS = 5;

/**
 * The engine doubles the part of its memory that new objects go into up to 64 MB, and what is new to the process must be made by the system, page
 * by page. A short run is over before that pays (docs/decisions/0010-young-generation.md): it grows to half of it and stops. Looks at it now and then until it does.
 */
export function stopYoungGenerationAtHalf(): void {
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
