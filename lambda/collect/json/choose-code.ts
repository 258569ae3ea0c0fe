import { CHOOSER, OPTION } from './memory-layout.ts';
import { AT, c, colon, compare, FOUND, FROM, I, length, plainString, RESULT, skipValue } from './projection-state.ts';
import { advance, CHUNK, fail, failUnless, look, skipSpace } from './skip-code.ts';
import { block, differ, get, giveBack, go, goIf, int, is, isNot, loadInt, loop, not, seq, set, when, type WasmFunction } from './wasm-code.ts';

const byDefault = set(RESULT, loadInt(get(AT), CHOOSER.otherwise));

/** RESULT: the node of the option whose text stands from FROM up to TO. Goes to `read` in any case. */
const findOption = seq(
  set(FOUND, loadInt(get(AT), CHOOSER.options)),
  loop(
    'options',
    goIf('read', not(get(FOUND))),
    block(
      'unlike',
      goIf('unlike', differ(loadInt(get(FOUND), OPTION.length), length)),
      compare('unlike', get(FOUND), OPTION.text, get(FROM), length),
      set(RESULT, loadInt(get(FOUND), OPTION.node)),
      go('read'),
    ),
    set(FOUND, loadInt(get(FOUND), OPTION.next)),
    go('options'),
  ),
);

const choose = seq(
  byDefault,
  advance(int(1)),
  skipSpace,
  when(is(c, '}'), giveBack(get(RESULT))),
  loop(
    'next',
    plainString,
    colon,
    block(
      'read',
      block(
        'other',
        goIf('other', differ(loadInt(get(AT), CHOOSER.length), length)),
        compare('other', get(AT), CHOOSER.key, get(FROM), length),
        // Of several fields of one name the last counts.
        byDefault,
        look,
        goIf('other', isNot(c, '"')),
        plainString,
        findOption,
      ),
      skipValue,
    ),
    skipSpace,
    when(is(c, ','), advance(int(1)), skipSpace, go('next')),
    failUnless(is(c, '}')),
    giveBack(get(RESULT)),
  ),
  fail,
);

/** Reads the object at the position and gives the node that a chooser (in the place of `project`'s node) chooses for it, 0 for none, or less where that cannot be told. */
export const CHOOSE_FUNCTION: WasmFunction = { name: 'choose', parameters: 6, ints: 1, vectors: 1, moreInts: I - CHUNK, body: choose };
/** Its number in a module. */
export const CHOOSE = 3;
