import type { Clock } from './clock.ts';

/** Full jitter: waits spread evenly, so that many readers turned away together do not come back together. */
const BASE_MS = 500;
const LONGEST_MS = 20_000;
/** A server may ask for more patience than an audit has. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * Milliseconds to wait before the next attempt. `attempt` counts the failed ones, from 1. `retryAfter` is that header: seconds or an HTTP
 * date (RFC 9110, 10.2.3); it is the least that is waited, up to a minute.
 */
export function retryDelay(attempt: number, retryAfter: string | undefined, clock: Clock, random: () => number): number {
  const asked = retryAfterMs(retryAfter, clock);
  if (asked !== undefined) return asked + random() * BASE_MS;
  return random() * Math.min(LONGEST_MS, BASE_MS * 2 ** attempt);
}

function retryAfterMs(header: string | undefined, clock: Clock): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clock.date().getTime();
  if (Number.isNaN(ms)) return undefined;
  return Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, ms));
}
