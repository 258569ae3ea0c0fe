import {
  above, add, below, block, both, bytesBelow, bytesEither, bytesEqual, bytesOf, differ, either, equal, get, giveBack, go, goIf, highBits, int, is, isNot,
  loadByte, loadBytes, loadInt, loop, not, notBelow, seq, set, shiftLeft, shiftRight, storeByte, subtract, tee, trailingZeros, when, xor, type Code, type WasmFunction,
} from './wasm-code.ts';

/** No such value, or it is too deep, or a word or an escape of it is cut off: the scanner tells which. */
export const NOT_SKIPPED = -1;
/** The window ends before the value does. */
export const ENDS_TOO_EARLY = -2;

// Parameters: the position, how many brackets may be opened, where the window ends.
export const P = 0;
export const ROOM = 1;
export const END = 2;
/** How many brackets are open. */
const LEVEL = 3;
/** Whether the innermost is an object's. */
const IN_OBJECT = 4;
/** Whether a key comes next. */
const KEY_NEXT = 5;
/** The byte at P, or a bit for each of the 16 bytes there. */
export const C = 6;
export const CHUNK = 7;

const p = get(P);
const c = get(C);
export const advance = (by: Code): Code => set(P, add(p, by));
export const look = set(C, loadByte(p));
export const fail: Code = giveBack(subtract(int(NOT_SKIPPED), notBelow(p, get(END))));
export const failUnless = (condition: Code): Code => when(not(condition), fail);

/** To the next byte that is no space; C is that byte. */
export const skipSpace = block(
  'no space',
  loop(
    'space',
    look,
    goIf('no space', above(c, int(0x20))),
    // A bit for each of line feed, carriage return and tab.
    goIf('no space', both(differ(c, int(0x20)), not(both(shiftRight(int((1 << 0x09) | (1 << 0x0a) | (1 << 0x0d)), c), int(1))))),
    advance(int(1)),
    // More than half of what kubectl prints is indentation.
    loop('spaces', when(not(tee(C, xor(highBits(bytesEqual(loadBytes(p), bytesOf(0x20))), int(0xffff)))), advance(int(16)), go('spaces'))),
    advance(trailingZeros(c)),
    go('space'),
  ),
);

const isDigit = (value: Code): Code => below(subtract(value, int(0x30)), int(10));
const lowerCase = (value: Code): Code => either(value, int(0x20));
const isHexDigit = (value: Code): Code => either(isDigit(value), below(subtract(lowerCase(value), int(0x61)), int(6)));

/** Of the 16 bytes of CHUNK those where a run of string bytes stops: quote, backslash, control characters. */
export const stringStops = highBits(
  [bytesEqual(get(CHUNK), bytesOf(0x22)), bytesEqual(get(CHUNK), bytesOf(0x5c)), bytesBelow(get(CHUNK), bytesOf(0x20))].reduce(bytesEither),
);

/** From behind the opening quote to behind the closing one. */
const skipString = block(
  'closed',
  loop(
    'string',
    set(CHUNK, loadBytes(p)),
    set(C, stringStops),
    when(not(c), advance(int(16)), go('string')),
    advance(trailingZeros(c)),
    look,
    advance(int(1)),
    goIf('closed', is(c, '"')),
    failUnless(is(c, '\\')),
    look,
    advance(int(1)),
    when(is(c, 'u'), ...[0, 1, 2, 3].map((offset) => failUnless(isHexDigit(loadByte(p, offset)))), advance(int(4)), go('string')),
    goIf('string', [...'"\\/bfnrt'].map((char) => is(c, char)).reduce(either)),
    fail,
  ),
);

/** At least one digit. */
const skipDigits = seq(
  failUnless(isDigit(loadByte(p))),
  loop('digits', advance(int(1)), goIf('digits', isDigit(loadByte(p)))),
);

/** C is the first byte. */
const skipNumber = seq(
  when(is(c, '-'), advance(int(1)), look),
  block(
    'whole',
    when(is(c, '0'), advance(int(1)), go('whole')),
    skipDigits,
  ),
  when(is(loadByte(p), '.'), advance(int(1)), skipDigits),
  when(
    is(lowerCase(loadByte(p)), 'e'),
    advance(int(1)),
    look,
    when(either(is(c, '+'), is(c, '-')), advance(int(1))),
    skipDigits,
  ),
  // A number has no end of its own: one that touches the window's end may go on.
  when(notBelow(p, get(END)), fail),
);

const word = (text: string): Code => int([...text].reduceRight((bits, char) => (bits << 8) | char.charCodeAt(0), 0));

const skipWordOrNumber = block(
  'scalar',
  when(equal(loadInt(p), word('true')), advance(int(4)), go('scalar')),
  when(equal(loadInt(p), word('null')), advance(int(4)), go('scalar')),
  when(both(equal(loadInt(p), word('fals')), is(loadByte(p, 4), 'e')), advance(int(5)), go('scalar')),
  skipNumber,
);

const enter = seq(
  set(IN_OBJECT, is(c, '{')),
  set(LEVEL, add(get(LEVEL), int(1))),
  when(above(get(LEVEL), get(ROOM)), fail),
  storeByte(get(LEVEL), get(IN_OBJECT)),
  advance(int(1)),
  skipSpace,
);

/** The closing bracket of what one is in: `]` is 0x5d, `}` 0x7d. */
const closes = equal(c, add(int(0x5d), shiftLeft(get(IN_OBJECT), int(5))));

/** Where a run of string bytes that stand for themselves ends: at the closing quote, or at an escape or a fault. */
const plainEnd = loop(
  'string',
  set(CHUNK, loadBytes(p)),
  set(C, stringStops),
  when(not(c), advance(int(16)), go('string')),
  giveBack(add(p, trailingZeros(c))),
);

const skip = seq(
  look,
  loop(
    'next',
    when(
      get(KEY_NEXT),
      failUnless(is(c, '"')),
      advance(int(1)),
      skipString,
      look,
      when(isNot(c, ':'), skipSpace, failUnless(is(c, ':'))),
      advance(int(1)),
      skipSpace,
    ),
    block(
      'value',
      when(is(c, '"'), advance(int(1)), skipString, go('value')),
      when(
        either(is(c, '{'), is(c, '[')),
        enter,
        // What closes at once is closed below.
        goIf('value', closes),
        set(KEY_NEXT, get(IN_OBJECT)),
        go('next'),
      ),
      skipWordOrNumber,
    ),
    loop(
      'behind',
      when(not(get(LEVEL)), giveBack(p)),
      skipSpace,
      when(is(c, ','), advance(int(1)), skipSpace, set(KEY_NEXT, get(IN_OBJECT)), go('next')),
      failUnless(closes),
      advance(int(1)),
      set(LEVEL, subtract(get(LEVEL), int(1))),
      set(IN_OBJECT, loadByte(get(LEVEL))),
      go('behind'),
    ),
  ),
  fail,
);

const LOCALS = { parameters: 3, ints: C - END, vectors: 1 } as const;

/** Of these functions each takes the position to begin at, how many brackets may be open and where the window ends, and gives the position behind what it read. */
export const SKIP_FUNCTIONS: readonly WasmFunction[] = [
  // A whole value, or NOT_SKIPPED or ENDS_TOO_EARLY.
  { ...LOCALS, name: 'skip', body: skip },
  // To the next byte that is no space.
  { ...LOCALS, name: 'space', body: seq(skipSpace, giveBack(p), fail) },
  // To the next byte that does not stand for itself in a string.
  { ...LOCALS, name: 'plain', body: seq(plainEnd, fail) },
];
/** The number of `skip` in a module that begins with them. */
export const SKIP = 0;
