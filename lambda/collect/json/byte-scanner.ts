import { END_OF_INPUT, JsonSyntaxError } from './json-errors.ts';
import type { JsonModule } from './json-module.ts';
import { WINDOW_AT } from './memory-layout.ts';
import { ENDS_TOO_EARLY } from './skip-code.ts';

/** Thrown where the bytes end inside a value and more are to come. Always the same one: it is no fault, and needs no stack of its own. */
export const MORE_BYTES_NEEDED = new Error('more bytes are needed');

/** Values nested deeper than this are refused; the API server's own decoder stops at 10,000. */
export const MAX_DEPTH = 1000;

/** Zero bytes that must follow the window. */
export const PADDING = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** What may stand next. */
type Expected = typeof VALUE | typeof VALUE_OR_END | typeof KEY | typeof KEY_OR_END | typeof SEPARATOR;
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const SEPARATOR = 4;

/**
 * Walks over JSON in a window of bytes and checks its grammar (RFC 8259) without making a value. All methods take the position
 * to begin at and return the one behind what they read. Behind `end` stand `PADDING` bytes of 0: they stop every loop, so
 * that no loop needs a test for the end. The window lies in the memory of a module, which has the loops that nearly all bytes pass through.
 */
export class ByteScanner {
  bytes: Buffer;
  end = 0;
  /** No more bytes will come: the end of the window is the end of the input. */
  last = true;
  /** Position of `bytes[0]` in the whole input. */
  base = 0;
  /** The same bytes, to look at four at once. */
  words: DataView;
  /** Of each open bracket whether it is an object's. */
  private readonly nesting = new Uint8Array(MAX_DEPTH + 2);
  /** What is being read, for errors. */
  reading: () => string = () => 'the value';
  private readonly module: JsonModule;

  constructor(module: JsonModule) {
    this.module = module;
    this.bytes = this.widen(PADDING);
    this.words = new DataView(this.bytes.buffer, this.bytes.byteOffset, PADDING);
  }

  skipSpace(from: number): number {
    return this.bytes[from]! > 0x20 ? from : this.module.space(from + WINDOW_AT, 0, 0) - WINDOW_AT;
  }

  /** A window of this length, with what was in the one before, which is gone. */
  widen(length: number): Buffer {
    return this.module.window(length);
  }

  /** From now on the first `end` bytes of `bytes`, which begin at `base` of the input, are what is looked at. */
  look(bytes: Buffer, end: number, last: boolean, base: number): void {
    if (bytes !== this.bytes) this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.bytes = bytes;
    this.end = end;
    this.last = last;
    this.base = base;
  }

  /** Skips the value that begins at `from`, whatever is in it. Half of all bytes that are read pass through here. */
  skipValue(from: number, depth = 0): number {
    const to = this.module.skip(from + WINDOW_AT, MAX_DEPTH - depth, this.end + WINDOW_AT);
    if (to >= 0) return to - WINDOW_AT;
    if (to === ENDS_TOO_EARLY && !this.last) throw MORE_BYTES_NEEDED;
    return this.skipSlowly(from, depth);
  }

  /** The same once more where the fast way gave up: says what is wrong. */
  private skipSlowly(from: number, depth: number): number {
    const { bytes, nesting } = this;
    let p = from;
    let level = 0;
    let inObject = false;
    let expected: Expected = VALUE;
    for (;;) {
      p = this.skipSpace(p);
      const c = bytes[p]!;
      if (expected === SEPARATOR && c === COMMA) {
        p++;
        expected = inObject ? KEY : VALUE;
      } else if (c === QUOTE && expected !== SEPARATOR) {
        p = this.skipString(p + 1);
        if (expected === KEY || expected === KEY_OR_END) {
          p = this.expectColon(p);
          expected = VALUE;
        } else {
          if (level === 0) return p;
          expected = SEPARATOR;
        }
      } else if (inObject ? c === CLOSE_BRACE && (expected === SEPARATOR || expected === KEY_OR_END) : c === CLOSE_BRACKET && level > 0 && (expected === SEPARATOR || expected === VALUE_OR_END)) {
        p++;
        if (--level === 0) return p;
        inObject = nesting[level] === 1;
        expected = SEPARATOR;
      } else if (expected === SEPARATOR || expected === KEY || expected === KEY_OR_END) {
        this.fail(p, expected === SEPARATOR ? 'a comma or a closing bracket' : 'a key in quotes');
      } else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
        p++;
        level++;
        if (depth + level > MAX_DEPTH) this.fail(p, `at most ${MAX_DEPTH} levels`);
        inObject = c === OPEN_BRACE;
        nesting[level] = inObject ? 1 : 0;
        expected = inObject ? KEY_OR_END : VALUE_OR_END;
      } else {
        p = this.skipNumberOrWord(p, c);
        if (level === 0) return p;
        expected = SEPARATOR;
      }
    }
  }

  private skipNumberOrWord(from: number, first: number): number {
    if (first === 0x74) return this.skipWord(from, 'true');
    if (first === 0x66) return this.skipWord(from, 'false');
    if (first === 0x6e) return this.skipWord(from, 'null');
    return this.skipNumber(from);
  }

  /** Where a run of string bytes that stand for themselves ends: at the closing quote, or at an escape or a fault. */
  plainEnd(from: number): number {
    return this.module.plain(from + WINDOW_AT, 0, 0) - WINDOW_AT;
  }

  /** `from`: behind the opening quote. */
  skipString(from: number): number {
    for (let p = from; ; ) {
      p = this.plainEnd(p);
      if (this.bytes[p] === QUOTE) return p + 1;
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
