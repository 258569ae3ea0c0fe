import { NODE, TEXT_END } from './memory-layout.ts';
import { advance, C, CHUNK, END, failUnless, look, P, ROOM, SKIP, skipSpace, stringStops } from './skip-code.ts';
import {
  above, add, below, both, bytesEqual, call, either, get, giveBack, go, goIf, highBits, int, is, isNot, loadByte, loadBytes, loadInt, loop, not, seq, set, shiftLeft,
  storeByte, storeBytes, storeInt, subtract, tee, trailingZeros, when, xor, type Code,
} from './wasm-code.ts';

// The locals of `project`, and the small steps over them that it is made of.

/** There is no room for the text. */
export const TEXT_FULL = -3;

// Parameters behind those of `skip`: a node or a kind, where the text goes on, where to begin.
export const AT = 3;
export const TEXT = 4;
export const ENTRY = 5;
// C and CHUNK stand between.
/** The innermost open bracket: its node, IN_OBJECT and WRITTEN. 0: none. */
export const TOP = 8;
/** Where the one around it lies. */
export const FRAME = 9;
export const FROM = 10;
export const TO = 11;
export const FOUND = 12;
/** The memo of the field that is being projected, and where its value begins. */
export const MEMORIZED = 13;
export const BEGIN = 14;
/** Of `choose`. */
export const RESULT = 14;
export const SEEN = 15;
export const SHARED = 16;
export const I = 17;

export const IN_OBJECT = 1;
/** A comma comes before the next. */
export const WRITTEN = 2;

/** Text that is not checked for room: brackets, commas, colons, `null`, the opening. */
export const SLACK = 1024;

export const p = get(P);
export const c = get(C);
export const flag = (bit: number): Code => both(loadInt(get(AT), NODE.flags), int(bit));
export const write = (value: Code): Code => seq(storeByte(get(TEXT), value), set(TEXT, add(get(TEXT), int(1))));
export const writeChar = (char: string): Code => write(int(char.charCodeAt(0)));
export const length = subtract(get(TO), get(FROM));

/** Copies what stands from FROM up to TO. Sixteen bytes at once: behind the text is room. */
export const writeBytes = seq(
  when(above(add(get(TEXT), length), int(TEXT_END - SLACK)), giveBack(int(TEXT_FULL))),
  loop(
    'copying',
    storeBytes(get(TEXT), loadBytes(get(FROM))),
    set(TEXT, add(get(TEXT), int(16))),
    set(FROM, add(get(FROM), int(16))),
    goIf('copying', below(get(FROM), get(TO))),
  ),
  set(TEXT, subtract(get(TEXT), subtract(get(FROM), get(TO)))),
);

/** Goes to `unlike` unless `size` bytes at P or `at` and those at `address` are the same. Looks at sixteen at once: behind either is room. */
export const compare = (unlike: string, address: Code, offset: number, at: Code, size: Code): Code =>
  seq(
    set(I, int(0)),
    loop(
      'comparing',
      set(C, xor(highBits(bytesEqual(loadBytes(add(at, get(I))), loadBytes(add(address, get(I)), offset))), int(0xffff))),
      when(below(subtract(size, get(I)), int(16)), set(C, both(c, subtract(shiftLeft(int(1), subtract(size, get(I))), int(1))))),
      goIf(unlike, c),
      set(I, add(get(I), int(16))),
      goIf('comparing', below(get(I), size)),
    ),
  );

export const skipValue = seq(set(P, call(SKIP, p, get(ROOM), get(END))), when(below(int(0x7fffffff), p), giveBack(p)));

export const comma = seq(when(both(get(TOP), int(WRITTEN)), writeChar(',')), set(TOP, either(get(TOP), int(WRITTEN))));

export const push = (node: Code): Code => seq(storeInt(get(FRAME), get(TOP)), set(FRAME, add(get(FRAME), int(4))), set(TOP, node), set(ROOM, subtract(get(ROOM), int(1))));
export const pop = seq(set(FRAME, subtract(get(FRAME), int(4))), set(TOP, loadInt(get(FRAME))), set(ROOM, add(get(ROOM), int(1))));

/** From the quote at P to behind the one that closes; FROM and TO are around what is between. Not where an escape stands in it. */
export const plainString = seq(
  failUnless(is(c, '"')),
  advance(int(1)),
  set(FROM, p),
  loop('plain', set(CHUNK, loadBytes(p)), when(not(tee(C, stringStops)), advance(int(16)), go('plain'))),
  advance(trailingZeros(c)),
  set(TO, p),
  failUnless(is(loadByte(p), '"')),
  advance(int(1)),
);

/** From behind a key to its value. */
export const colon = seq(look, when(isNot(c, ':'), skipSpace, failUnless(is(c, ':'))), advance(int(1)), skipSpace);
