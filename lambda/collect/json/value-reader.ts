import { setOwn } from '../../model/set-own.ts';
import type { ByteScanner } from './byte-scanner.ts';
import type { FieldMatcher } from './field-matcher.ts';
import type { RepeatedValue } from './repeated-value.ts';
import { beginsWith, numberOf } from './scalar-bytes.ts';
import { StringCache } from './string-cache.ts';

/** Nothing of a value is kept. */
export const NOTHING = Symbol('nothing kept');

const QUOTE = 0x22;
const MINUS = 0x2d;
const LETTER_N = 0x6e;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** One for all that a process reads: clusters share most of their names, and it stays small. */
const STRINGS = new StringCache();

/** Makes values from the bytes that a scanner looks at: of each only what a matcher keeps. Every method leaves `pos` behind what it read. */
export class ValueReader {
  readonly scanner: ByteScanner;
  pos = 0;
  /** The first field that was no object or list where the matcher looks into one (null is as good as absent), in words. */
  misshapen: string | undefined;

  constructor(scanner: ByteScanner) {
    this.scanner = scanner;
  }

  /** `from`: the first byte of the value. */
  read(from: number, matcher: FieldMatcher, depth = 0): unknown {
    const { scanner } = this;
    const c = scanner.bytes[from];
    if (c === OPEN_BRACE) {
      if (matcher.whole) return this.wholeObject(from + 1, matcher, depth + 1);
      if (matcher.keepsKeys) return this.object(from + 1, matcher, depth + 1);
    } else if (c === OPEN_BRACKET) {
      if (matcher.whole) return this.wholeList(from + 1, matcher, depth + 1);
      if (matcher.keepsElements) return this.list(from + 1, matcher, depth + 1);
    } else if (matcher.whole) {
      return this.scalar(from);
    }
    this.pos = scanner.skipValue(from, depth);
    if (c === LETTER_N) return null;
    if (matcher.keepsKeys || matcher.keepsElements) this.misshapen ??= matcher.keepsElements ? 'no list' : 'no object';
    return NOTHING;
  }

  /** `from`: behind the opening brace. */
  private object(from: number, matcher: FieldMatcher, depth: number): Record<string, unknown> {
    const { scanner } = this;
    const { bytes } = scanner;
    const made: Record<string, unknown> = {};
    let p = scanner.enter(from, depth);
    if (bytes[p] === CLOSE_BRACE) return this.leave(p, made);
    for (;;) {
      const field = this.key(p, matcher);
      p = scanner.skipSpace(scanner.expectColon(this.pos));
      if (field === undefined) {
        p = scanner.skipValue(p, depth);
      } else {
        const value = field.repeated ? this.readRepeated(p, field.matcher, field.repeated, depth) : this.read(p, field.matcher, depth);
        if (value !== NOTHING) setOwn(made, field.name, value);
        else this.leaveOut(made, field.name);
        p = this.pos;
      }
      p = scanner.skipSpace(p);
      if (bytes[p] === CLOSE_BRACE) return this.leave(p, made);
      p = scanner.skipSpace(scanner.expectComma(p));
    }
  }

  private readRepeated(from: number, matcher: FieldMatcher, repeated: RepeatedValue, depth: number): unknown {
    if (repeated.isAt(this.scanner, from)) {
      this.pos = from + repeated.length;
      return repeated.value;
    }
    const shapely = this.misshapen === undefined;
    const value = this.read(from, matcher, depth);
    if (shapely && this.misshapen === undefined) repeated.remember(this.scanner, from, this.pos, value);
    return value;
  }

  /** Nothing of a field is kept. */
  leaveOut(made: Record<string, unknown>, name: string): void {
    // The last of several fields of one name counts, as in JSON.parse.
    Reflect.deleteProperty(made, name);
    if (this.misshapen?.startsWith('no ')) this.misshapen = `its field "${name}" is ${this.misshapen}`;
  }

  /** The field of the matcher whose name stands at `at`, where a quote must open it. */
  key(at: number, matcher: FieldMatcher): ReturnType<FieldMatcher['find']> {
    const { scanner } = this;
    const from = scanner.expectKey(at);
    const end = scanner.plainEnd(from);
    if (scanner.bytes[end] === QUOTE) {
      this.pos = end + 1;
      return matcher.find(scanner.bytes, from, end);
    }
    return matcher.findName(this.string(from));
  }

  private wholeObject(from: number, matcher: FieldMatcher, depth: number): Record<string, unknown> {
    const { scanner } = this;
    const { bytes } = scanner;
    const made: Record<string, unknown> = {};
    let p = scanner.enter(from, depth);
    if (bytes[p] === CLOSE_BRACE) return this.leave(p, made);
    for (;;) {
      const name = this.string(scanner.expectKey(p));
      setOwn(made, name, this.read(scanner.skipSpace(scanner.expectColon(this.pos)), matcher, depth));
      p = scanner.skipSpace(this.pos);
      if (bytes[p] === CLOSE_BRACE) return this.leave(p, made);
      p = scanner.skipSpace(scanner.expectComma(p));
    }
  }

  private wholeList(from: number, matcher: FieldMatcher, depth: number): unknown[] {
    const { scanner } = this;
    const { bytes } = scanner;
    const made: unknown[] = [];
    let p = scanner.enter(from, depth);
    if (bytes[p] === CLOSE_BRACKET) return this.leave(p, made);
    for (;;) {
      made.push(this.read(p, matcher, depth));
      p = scanner.skipSpace(this.pos);
      if (bytes[p] === CLOSE_BRACKET) return this.leave(p, made);
      p = scanner.skipSpace(scanner.expectComma(p));
    }
  }

  /** `from`: behind the opening bracket. */
  private list(from: number, matcher: FieldMatcher, depth: number): unknown[] {
    const { scanner } = this;
    const { bytes } = scanner;
    const made: unknown[] = [];
    let p = scanner.enter(from, depth);
    if (bytes[p] === CLOSE_BRACKET) return this.leave(p, made);
    for (;;) {
      const value = this.element(p, matcher, depth);
      if (value !== NOTHING) made.push(value);
      else if (this.misshapen?.startsWith('no ')) this.misshapen = `a list of its holds what is ${this.misshapen}`;
      p = scanner.skipSpace(this.pos);
      if (bytes[p] === CLOSE_BRACKET) return this.leave(p, made);
      p = scanner.skipSpace(scanner.expectComma(p));
    }
  }

  private element(p: number, matcher: FieldMatcher, depth: number): unknown {
    const c = this.scanner.bytes[p];
    if (c === QUOTE && this.keepsString(p + 1, matcher)) return this.string(p + 1);
    let chosen = matcher.each;
    if (c === OPEN_BRACE && matcher.chooser) chosen = matcher.choose(this.object(p + 1, matcher.chooser, depth + 1));
    if (c !== OPEN_BRACE && c !== OPEN_BRACKET && matcher.holdsObjects) this.misshapen ??= 'a list of its holds what is no object';
    if (chosen && c !== QUOTE) return this.read(p, chosen, depth);
    this.pos = this.scanner.skipValue(p, depth);
    return NOTHING;
  }

  /** Whether a string of a list is kept: all are, or it begins with a prefix. `from`: behind the opening quote. */
  private keepsString(from: number, matcher: FieldMatcher): boolean {
    if (matcher.everyString) return true;
    if (matcher.prefixes.length === 0) return false;
    const { bytes } = this.scanner;
    if (bytes[this.scanner.plainEnd(from)] === QUOTE) return matcher.prefixes.some((prefix) => beginsWith(bytes, from, prefix.bytes));
    const text = this.string(from);
    return matcher.prefixes.some((prefix) => text.startsWith(prefix.text));
  }

  /** `from`: the first byte of a string, number, true, false or null. */
  private scalar(from: number): unknown {
    const { scanner } = this;
    const c = scanner.bytes[from]!;
    if (c === QUOTE) return this.string(from + 1);
    if (c === MINUS || (c >= 0x30 && c <= 0x39)) return this.number(from);
    this.pos = scanner.skipValue(from);
    return c === LETTER_N ? null : c === 0x74;
  }

  /** `from`: behind the opening quote. */
  string(from: number): string {
    const { scanner } = this;
    const bytes = scanner.bytes;
    const end = scanner.plainEnd(from);
    if (bytes[end] === QUOTE) {
      this.pos = end + 1;
      return STRINGS.take(bytes, from, end);
    }
    this.pos = scanner.skipString(end);
    return JSON.parse(bytes.toString('utf8', from - 1, this.pos)) as string;
  }

  private number(from: number): number {
    const { scanner } = this;
    this.pos = scanner.skipNumber(from);
    return numberOf(scanner.bytes, from, this.pos);
  }

  private leave<T>(closing: number, made: T): T {
    this.pos = closing + 1;
    return made;
  }
}
