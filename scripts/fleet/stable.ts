import { createHash } from 'node:crypto';

/**
 * Names, ids, addresses and times that look as if a cluster had drawn them, and are the same at every run: all are cut from a
 * SHA-256 of what they belong to.
 */
function digest(seed: string): Buffer {
  return createHash('sha256').update(seed).digest();
}

/** A number from 0 to `below` - 1. */
export function stableNumber(seed: string, below: number): number {
  return digest(seed).readUInt32BE(0) % below;
}

/** Like a version 4 UUID. */
export function stableUid(seed: string): string {
  const bytes = digest(seed).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function stableHex(seed: string, digits: number): string {
  return digest(seed).toString('hex').slice(0, digits);
}

/** The letters that Kubernetes draws name suffixes from (k8s.io/apimachinery, util/rand): no vowels, so that no words arise. */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

export function stableSuffix(seed: string, length: number): string {
  return [...digest(seed).subarray(0, length)].map((byte) => SUFFIX_LETTERS[byte % SUFFIX_LETTERS.length]).join('');
}

/** RFC 3339 with seconds, as the API server prints it. */
export function apiTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

const MINUTE = 60_000;

/** Up to `minutes` after `start`. */
export function stableTime(seed: string, start: string, minutes: number): string {
  return apiTime(Date.parse(start) + stableNumber(seed, minutes * 60) * 1000);
}

export function minutesAfter(start: string, minutes: number): string {
  return apiTime(Date.parse(start) + minutes * MINUTE);
}

export function dayNumber(time: string): number {
  return Math.floor(Date.parse(time) / (24 * 60 * MINUTE));
}
