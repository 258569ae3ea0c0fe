import { END_OF_INPUT, JsonSyntaxError } from './json-errors.ts';

/** Thrown, not as an error, where the bytes end inside a value and more are to come. One object: no stack is made. */
export const MORE_BYTES_NEEDED = Symbol('more bytes needed');

/** Values nested deeper than this are refused; the API server's own decoder stops at 10,000. */
export const MAX_DEPTH = 1000;

/** Zero bytes that must follow the window. */
export const PADDING = 8;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FOUR_SPACES = 0x20202020;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** 1 where a run of string bytes stops: quote, backslash, control characters. */
const STRING_STOP = Uint8Array.from({ length: 256 }, (_, c) => (c < 0x20 || c === QUOTE || c === BACKSLASH ? 1 : 0));

/**
 * Walks over JSON in a window of bytes and checks its grammar (RFC 8259) without making a value. All methods take the position
 * to begin at and return the one behind what they read. Behind `end` stand `PADDING` bytes of 0: they stop every loop, so
 * that no loop needs a test for the end.
 */
export class ByteScanner {
  bytes: Buffer = Buffer.alloc(PADDING);
  end = 0;
  /** No more bytes will come: the end of the window is the end of the input. */
  last = true;
  /** Position of `bytes[0]` in the whole input. */
  base = 0;
  /** The same bytes, to look at four at once. */
  words: DataView = new DataView(this.bytes.buffer, this.bytes.byteOffset, PADDING);
  /** What is being read, for errors. */
  reading: () => string = () => 'the value';

  skipSpace(from: number): number {
    const bytes = this.bytes;
    let p = from;
    let c = bytes[p]!;
    if (c > 0x20) return p;
    const words = this.words;
    while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
      p++;
      // Two fifths of what kubectl prints is indentation.
      while (words.getInt32(p) === FOUR_SPACES) p += 4;
      c = bytes[p]!;
    }
    return p;
  }

  /** From now on the first `end` bytes of `bytes`, which begin at `base` of the input, are what is looked at. */
  look(bytes: Buffer, end: number, last: boolean, base: number): void {
    if (bytes !== this.bytes) this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.bytes = bytes;
    this.end = end;
    this.last = last;
    this.base = base;
  }

  /** `from`: the first byte of the value. */
  skipValue(from: number, depth = 0): number {
    const c = this.bytes[from]!;
    if (c === QUOTE) return this.skipString(from + 1);
    if (c === OPEN_BRACE) return this.skipObject(from + 1, depth + 1);
    if (c === OPEN_BRACKET) return this.skipList(from + 1, depth + 1);
    if (c === 0x74) return this.skipWord(from, 'true');
    if (c === 0x66) return this.skipWord(from, 'false');
    if (c === 0x6e) return this.skipWord(from, 'null');
    return this.skipNumber(from);
  }

  /** `from`: behind the opening brace. */
  private skipObject(from: number, depth: number): number {
    const bytes = this.bytes;
    let p = this.enter(from, depth);
    if (bytes[p] === CLOSE_BRACE) return p + 1;
    for (;;) {
      p = this.skipString(this.expectKey(p));
      p = this.skipSpace(this.expectColon(p));
      p = this.skipSpace(this.skipValue(p, depth));
      if (bytes[p] === CLOSE_BRACE) return p + 1;
      p = this.skipSpace(this.expectComma(p));
    }
  }

  /** `from`: behind the opening bracket. */
  private skipList(from: number, depth: number): number {
    const bytes = this.bytes;
    let p = this.enter(from, depth);
    if (bytes[p] === CLOSE_BRACKET) return p + 1;
    for (;;) {
      p = this.skipSpace(this.skipValue(p, depth));
      if (bytes[p] === CLOSE_BRACKET) return p + 1;
      p = this.skipSpace(this.expectComma(p));
    }
  }

  /** Where a run of string bytes that stand for themselves ends: at the closing quote, or at an escape or a fault. */
  plainEnd(from: number): number {
    const bytes = this.bytes;
    let p = from;
    while (STRING_STOP[bytes[p]!] === 0) p++;
    return p;
  }

  /** `from`: behind the opening quote. */
  skipString(from: number): number {
    const bytes = this.bytes;
    let p = from;
    for (;;) {
      while (STRING_STOP[bytes[p]!] === 0) p++;
      if (bytes[p] === QUOTE) return p + 1;
      p = this.skipEscape(p);
    }
  }

  /** `at`: a byte that may not stand in a string as it is. */
  skipEscape(at: number): number {
    if (this.bytes[at] !== BACKSLASH) this.fail(at, 'a closing quote');
    const c = this.bytes[at + 1]!;
    if (c === 0x75) {
      for (let p = at + 2; p < at + 6; p++) if (!isHexDigit(this.bytes[p]!)) this.fail(p, 'four hexadecimal digits');
      return at + 6;
    }
    // " \ / b f n r t
    if (c === 0x22 || c === 0x5c || c === 0x2f || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74) return at + 2;
    return this.fail(at + 1, 'an escape that JSON knows');
  }

  skipNumber(from: number): number {
    const bytes = this.bytes;
    let p = from;
    if (bytes[p] === 0x2d) p++;
    if (bytes[p] === 0x30) p++;
    else p = this.skipDigits(p, p === from ? 'a value' : 'a digit');
    if (bytes[p] === 0x2e) p = this.skipDigits(p + 1, 'a digit');
    if (bytes[p] === 0x65 || bytes[p] === 0x45) {
      p++;
      if (bytes[p] === 0x2b || bytes[p] === 0x2d) p++;
      p = this.skipDigits(p, 'a digit');
    }
    // A number has no end of its own: one that touches the window's end may go on.
    if (p === this.end && !this.last) throw MORE_BYTES_NEEDED;
    return p;
  }

  private skipDigits(from: number, expected: string): number {
    let p = from;
    while (isDigit(this.bytes[p]!)) p++;
    if (p === from) this.fail(p, expected);
    return p;
  }

  skipWord(from: number, word: 'true' | 'false' | 'null'): number {
    for (let i = 1; i < word.length; i++) if (this.bytes[from + i] !== word.charCodeAt(i)) this.fail(from + i, `the word ${word}`);
    return from + word.length;
  }

  /** The first byte that is no space inside of an object or list of this depth. `from`: behind the opening bracket or brace. */
  enter(from: number, depth: number): number {
    if (depth > MAX_DEPTH) this.fail(from, `at most ${MAX_DEPTH} levels`);
    return this.skipSpace(from);
  }

  /** Behind the comma that must stand here, since nothing closes. */
  expectComma(at: number): number {
    if (this.bytes[at] !== COMMA) this.fail(at, 'a comma or a closing bracket');
    return at + 1;
  }

  /** Behind the quote that must open a key here. */
  expectKey(at: number): number {
    if (this.bytes[at] !== QUOTE) this.fail(at, 'a key in quotes');
    return at + 1;
  }

  /** Behind the colon that follows a key. */
  expectColon(from: number): number {
    let p = from;
    if (this.bytes[p] !== COLON) {
      p = this.skipSpace(p);
      if (this.bytes[p] !== COLON) this.fail(p, 'a colon');
    }
    return p + 1;
  }

  /** Says what is wrong at `at`, or that more bytes are needed to tell. */
  fail(at: number, expected: string): never {
    if (at >= this.end && !this.last) throw MORE_BYTES_NEEDED;
    const position = this.base + Math.min(at, this.end);
    throw new JsonSyntaxError({ position, expected, found: this.describe(at), reading: this.reading() });
  }

  private describe(at: number): string {
    if (at >= this.end) return END_OF_INPUT;
    const c = this.bytes[at]!;
    return c > 0x20 && c < 0x7f ? `"${String.fromCharCode(c)}"` : `byte 0x${c.toString(16).padStart(2, '0')}`;
  }
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isHexDigit(c: number): boolean {
  return isDigit(c) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
}
