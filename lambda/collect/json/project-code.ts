import { CHOOSE } from './choose-code.ts';
import {
  BYTES_OF_START, EVERY_STRING, FIELD, FRAMES_AT, HOLDS_OBJECTS, KEEPS_ELEMENTS, KEEPS_KEYS, KIND, MEMO, MEMO_BYTES, NODE, OPENING, OPENING_AT, RESULTS_AT, STARTS, TEXT_END, WHOLE,
} from './memory-layout.ts';
import {
  TEXT_FULL, AT, TEXT, ENTRY, TOP, FRAME, FROM, TO, FOUND, MEMORIZED, BEGIN, SEEN, SHARED, I, IN_OBJECT, WRITTEN, SLACK, p, c, flag, write, writeChar, length,
  writeBytes, colon, comma, compare, plainString, pop, push, skipValue,
} from './projection-state.ts';
import { advance, C, CHUNK, END, fail, failUnless, look, ROOM, skipSpace } from './skip-code.ts';
import {
  above, add, below, block, both, call, copyBytes, differ, either, equal, get, giveBack, go, goIf, int, is, isNot, loadByte, loadInt, loop, multiply, not, notBelow, seq,
  set, shiftLeft, storeInt, subtract, when, xor, type WasmFunction,
} from './wasm-code.ts';

/** Where `project` begins: at an object of a kind, or behind the metadata of one. */
export const AT_OBJECT = 1;
export const BEHIND_METADATA = 2;

/** The hash of a name; `field-table.ts` must compute the same. */
const hash = xor(xor(multiply(length, int(7)), loadByte(get(FROM))), shiftLeft(loadByte(subtract(get(TO), int(1))), int(1)));

/** FOUND: the field whose name stands from FROM up to TO, or 0. */
const findField = block(
  'found',
  set(FOUND, loadInt(add(get(AT), shiftLeft(both(hash, loadInt(get(AT), NODE.mask)), int(2))), NODE.fields)),
  loop(
    'chain',
    goIf('found', not(get(FOUND))),
    block('other', goIf('other', differ(loadInt(get(FOUND), FIELD.length), length)), compare('other', get(FOUND), FIELD.name, get(FROM), length), go('found')),
    set(FOUND, loadInt(get(FOUND), FIELD.next)),
    go('chain'),
  ),
);

/** From a key up to its value, of which AT says what is kept. One that is not kept, or is as it was the last time, is skipped. */
const key = seq(
  set(AT, both(get(TOP), int(~3))),
  plainString,
  colon,
  findField,
  when(not(get(FOUND)), skipValue, go('behind')),
  set(AT, loadInt(get(FOUND), FIELD.node)),
  failUnless(get(AT)),
  comma,
  set(FROM, subtract(get(FROM), int(1))),
  set(TO, add(get(TO), int(1))),
  writeBytes,
  writeChar(':'),
  when(
    loadInt(get(FOUND), FIELD.memo),
    // Of several fields of one name the last counts: the memo would not know.
    failUnless(not(both(get(SEEN), loadInt(get(FOUND), FIELD.bit)))),
    set(SEEN, either(get(SEEN), loadInt(get(FOUND), FIELD.bit))),
    set(MEMORIZED, loadInt(get(FOUND), FIELD.memo)),
    set(BEGIN, p),
    set(TO, loadInt(get(MEMORIZED), MEMO.length)),
    storeInt(get(MEMORIZED), get(TEXT), MEMO.textFrom),
    block(
      'unlike',
      goIf('unlike', not(get(TO))),
      goIf('unlike', above(add(p, get(TO)), get(END))),
      compare('unlike', get(MEMORIZED), MEMO.bytes, p, get(TO)),
      writeChar('0'),
      advance(get(TO)),
      set(MEMORIZED, int(0)),
      set(SHARED, either(get(SHARED), loadInt(get(FOUND), FIELD.bit))),
      go('behind'),
    ),
  ),
);

/** A string that may be one of those that are kept of a list is left to the other reader: one that begins so, or that hides it behind an escape. */
const leaveOutString = seq(
  set(FOUND, loadInt(get(AT), NODE.starts)),
  when(
    get(FOUND),
    ...[1, 2, 3, 4].map((offset) => when(is(loadByte(p, offset), '\\'), fail)),
    set(I, loadInt(get(FOUND), STARTS.count)),
    loop(
      'starts',
      when(equal(loadInt(p, 1), loadInt(get(FOUND), STARTS.bytes)), fail),
      set(FOUND, add(get(FOUND), int(BYTES_OF_START))),
      set(I, subtract(get(I), int(1))),
      goIf('starts', get(I)),
    ),
  ),
  skipValue,
);

/** From an element of a list to its value, of which AT says what is kept. */
const element = seq(
  set(AT, both(get(TOP), int(~3))),
  when(
    is(c, '"'),
    when(flag(EVERY_STRING), comma, set(FROM, p), skipValue, set(TO, p), writeBytes, go('behind')),
    when(flag(HOLDS_OBJECTS), fail),
    leaveOutString,
    go('behind'),
  ),
  when(both(isNot(c, '{'), isNot(c, '[')), when(flag(HOLDS_OBJECTS), fail)),
  set(FOUND, loadInt(get(AT), NODE.each)),
  when(
    both(is(c, '{'), differ(loadInt(get(AT), NODE.chooser), int(0))),
    set(FOUND, call(CHOOSE, p, get(ROOM), get(END), loadInt(get(AT), NODE.chooser), int(0), int(0))),
    when(below(int(0x7fffffff), get(FOUND)), giveBack(get(FOUND))),
  ),
  when(not(get(FOUND)), skipValue, go('behind')),
  comma,
  set(AT, get(FOUND)),
);

/** A value of which AT says what is kept. What has not the shape that AT needs is not for here. */
const value = seq(
  look,
  when(flag(WHOLE), set(FROM, p), skipValue, set(TO, p), writeBytes, go('behind')),
  when(
    is(c, '{'),
    failUnless(flag(KEEPS_KEYS)),
    push(add(get(AT), int(IN_OBJECT))),
    writeChar('{'),
    advance(int(1)),
    skipSpace,
    goIf('behind', is(c, '}')),
    go('next'),
  ),
  when(
    is(c, '['),
    failUnless(flag(KEEPS_ELEMENTS)),
    push(get(AT)),
    writeChar('['),
    advance(int(1)),
    skipSpace,
    goIf('behind', is(c, ']')),
    go('next'),
  ),
  failUnless(equal(loadInt(p), int([...'null'].reduceRight((bits, char) => (bits << 8) | char.charCodeAt(0), 0)))),
  advance(int(4)),
  [...'null'].map(writeChar).reduce((a, b) => seq(a, b)),
);

/** A value of the outermost object has ended: another one of the same bytes need not be looked at. Only what says itself where it ends is remembered. */
const memorize = seq(
  set(I, subtract(p, get(BEGIN))),
  set(C, loadByte(get(BEGIN))),
  when(either(above(get(I), int(MEMO_BYTES)), both(isNot(c, '{'), isNot(c, '['))), set(I, int(0))),
  copyBytes(add(get(MEMORIZED), int(MEMO.bytes)), get(BEGIN), get(I)),
  storeInt(get(MEMORIZED), get(I), MEMO.length),
  storeInt(get(MEMORIZED), get(TEXT), MEMO.textTo),
  set(MEMORIZED, int(0)),
);

const done = seq(storeInt(int(RESULTS_AT), get(TEXT)), storeInt(int(RESULTS_AT), get(SEEN), 4), storeInt(int(RESULTS_AT), get(SHARED), 8), giveBack(p));

/** From behind a value to the next key or element, or to the end. */
const behind = loop(
  'closing',
  when(not(get(TOP)), done),
  when(both(differ(get(MEMORIZED), int(0)), equal(get(FRAME), int(FRAMES_AT + 4))), memorize),
  skipSpace,
  when(is(c, ','), advance(int(1)), skipSpace, go('next')),
  // `]` is 0x5d, `}` 0x7d.
  failUnless(equal(c, add(int(0x5d), shiftLeft(both(get(TOP), int(IN_OBJECT)), int(5))))),
  write(c),
  advance(int(1)),
  pop,
  go('closing'),
);

/** AT: a kind, of which P may be the beginning of an object. */
const enterObject = seq(
  set(TO, loadInt(get(AT), KIND.length)),
  when(above(add(p, get(TO)), get(END)), fail),
  block('alike', block('unlike', compare('unlike', get(AT), KIND.bytes, p, get(TO)), go('alike')), fail),
  advance(get(TO)),
  set(FROM, int(OPENING_AT)),
  set(TO, int(OPENING_AT + OPENING.length)),
  writeBytes,
  set(AT, loadInt(get(AT), KIND.metadata)),
);

const project = seq(
  set(FRAME, int(FRAMES_AT)),
  when(equal(get(ENTRY), int(AT_OBJECT)), enterObject),
  when(equal(get(ENTRY), int(BEHIND_METADATA)), push(add(get(AT), int(IN_OBJECT + WRITTEN))), set(ROOM, add(get(ROOM), int(1)))),
  loop(
    'next',
    when(notBelow(get(TEXT), int(TEXT_END - SLACK)), giveBack(int(TEXT_FULL))),
    block(
      'behind',
      block(
        'value',
        set(I, get(ENTRY)),
        set(ENTRY, int(0)),
        goIf('value', equal(get(I), int(AT_OBJECT))),
        goIf('behind', equal(get(I), int(BEHIND_METADATA))),
        block('of a list', goIf('of a list', not(both(get(TOP), int(IN_OBJECT)))), key, go('value')),
        element,
      ),
      value,
    ),
    behind,
  ),
  fail,
);

/**
 * Writes what is kept of an object as JSON text, and gives the position behind it: in two parts, its beginning and metadata, and the rest,
 * between which its metadata can be asked what of the rest is kept. NOT_SKIPPED where the object does not begin as its kind does, or is not so
 * that a table tells what is kept of it: an escape in a key, a field of another shape, no JSON.
 */
export const PROJECT_FUNCTION: WasmFunction = { name: 'project', parameters: 6, ints: 1, vectors: 1, moreInts: I - CHUNK, body: project };
