import { randomBytes } from 'node:crypto';

/** Crockford's base 32, https://github.com/ulid/spec */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;
/** 48 bits of milliseconds: the first digit is at most 7. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * Makes ULIDs that rise from call to call, also within a millisecond and where the clock steps back. `random` gives as many bytes as
 * it is asked for.
 */
export function ulidSource(now: () => Date, random: (bytes: number) => Uint8Array): () => string {
  let lastTime = -1;
  let digits: number[] = [];
  return () => {
    const time = Math.max(now().getTime(), lastTime);
    if (time > lastTime) digits = [...random(RANDOM_DIGITS)].map((byte) => byte & 31);
    else if (!increment(digits)) throw new Error('more than 2^80 names in one millisecond');
    lastTime = time;
    return timeDigits(time) + digits.map((digit) => ALPHABET[digit]).join('');
  };
}

let moment = new Date(0);
const source = ulidSource(() => moment, randomBytes);

/** A ULID of this moment; within this process they rise. */
export function newUlid(now: Date): string {
  moment = now;
  return source();
}

export function isUlid(text: string): boolean {
  return ULID.test(text);
}

/** The moment that a ULID carries, to the millisecond. */
export function ulidTime(ulid: string): Date {
  if (!isUlid(ulid)) throw new Error(`${JSON.stringify(ulid)} is not a ULID`);
  let time = 0;
  for (const character of ulid.slice(0, TIME_DIGITS)) time = time * 32 + ALPHABET.indexOf(character);
  return new Date(time);
}

function timeDigits(time: number): string {
  let text = '';
  for (let left = time, digit = 0; digit < TIME_DIGITS; digit++, left = Math.floor(left / 32)) text = ALPHABET[left % 32]! + text;
  return text;
}

function increment(digits: number[]): boolean {
  for (let at = digits.length - 1; at >= 0; at--) {
    if (digits[at]! < 31) {
      digits[at]!++;
      return true;
    }
    digits[at] = 0;
  }
  return false;
}
