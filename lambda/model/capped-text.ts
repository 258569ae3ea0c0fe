import { createHash } from 'node:crypto';

/** Longest text of a cluster's that is passed on, in UTF-16 units. Names have at most 253 by the API's own limits, what people write by hand is shorter. */
export const TEXT_CAP = 1_000;

const HASH_DIGITS = 16;

/** The beginning of a text that is too long. */
export function cappedText(text: string, cap = TEXT_CAP): string {
  // Not through the middle of a surrogate pair.
  return text.length > cap ? `${text.slice(0, cap - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** The same for what tells one thing from another: two that begin alike stay two, by a hash of the whole. */
export function cappedName(name: string): string {
  if (name.length <= TEXT_CAP) return name;
  // JSON keeps lone surrogates apart, which have no bytes of their own.
  const hash = createHash('sha256').update(JSON.stringify(name)).digest('hex').slice(0, HASH_DIGITS);
  return `${cappedText(name, TEXT_CAP - HASH_DIGITS - 1)}#${hash}`;
}
