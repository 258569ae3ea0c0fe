import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonModule } from '../../../lambda/collect/json/json-module.ts';
import { WINDOW_AT } from '../../../lambda/collect/json/memory-layout.ts';
import { ENDS_TOO_EARLY, NOT_SKIPPED } from '../../../lambda/collect/json/skip-code.ts';

const module = new JsonModule();

/** Where the value ends that `text` begins with, or why there is none. */
function skipped(text: string | Buffer, room = 1000, before = 0): number {
  const bytes = Buffer.from(text);
  const window = module.window(before + bytes.length + 16).fill(0);
  window.set(bytes, before);
  const to = module.skip(WINDOW_AT + before, room, WINDOW_AT + before + bytes.length);
  return to < 0 ? to : to - WINDOW_AT - before;
}

/** Strings that are longer and shorter than the 16 bytes that are looked at together, with what ends a run of them. */
const texts = fc.array(fc.constantFrom('a', 'bcdefghijklmnopqrstuvw', '"', '\\', '\n', '\u0001', 'ü', '漢', ' '), { maxLength: 8 }).map((parts) => parts.join(''));
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(texts, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 4 }),
  ),
}));
const documents = fc.tuple(values, fc.constantFrom<number | string>(0, 1, 4, '\t', '\r\n                    ')).map(([value, indent]) => JSON.stringify(value, null, indent));

describe('a value is skipped to its end', () => {
  test.each([
    ['""', 2], ['"a\\"b" ', 6], ['"\\u00eF\\\\\\/\\b\\f\\n\\r\\t"', 22], ['"0123456789abcdef" ,', 18], ['0,', 1], ['-0.5e+10]', 8], ['12E5 ', 4], ['true}', 4], ['false ', 5], ['null,', 4],
    ['[]x', 2], ['{ }', 3], ['[ [ ] , { } ]', 13], ['{"a" : [1 ,{"b":null}] , "c":""}}', 32],
  ])('%s', (text, end) => {
    expect(skipped(text)).toBe(end);
  });

  test('wherever it lies in the window', () => {
    const text = '{"key of more than sixteen bytes": ["", "x", 1.5]}';
    for (let before = 0; before < 40; before++) expect(skipped(`${text},`, 1000, before)).toBe(text.length);
  });

  test('as deep as there is room', () => {
    expect(skipped('[{"a":[]}],', 3)).toBe(10);
    expect(skipped('[{"a":[]}],', 2)).toBe(NOT_SKIPPED);
  });
});

describe('what is no value is not skipped', () => {
  test.each([
    '}', ']', ',', ':', '[1,] ', '[,1] ', '[1 2] ', '[1} ', '{"a"} ', '{"a":1,} ', '{,"a":1} ', '{"a":1]  ', '{"a" 1} ', "{'a':1} ", '{a:1} ', '{"a"::1} ', '{1:2} ', '-a ', '.5 ', '+1 ', '1. ', '1.e2 ', '1e ', '1e+ ', '[01] ',
    'tru  ', 'True ', 'falsy ', 'nul  ', '"\\x41" ', '"\\u00g0" ', '"\\u12" ', '"a\nb" ', '"a\tb" ', '"\u0000" ', '[\u000b] ', '[\u00a0] ', '["0123456789abcde\u001f"] ',
  ])('%j', (text) => {
    expect(skipped(text)).toBe(NOT_SKIPPED);
  });
});

test('where the window ends inside a value', () => {
  expect(['[1', '[1 ', '12', '{"a"', '"0123456789abcdef', '[[]', '"\\'].map((text) => skipped(text))).toEqual(new Array(7).fill(ENDS_TOO_EARLY));
});

test('whatever JSON.parse takes is skipped, and none of its beginnings', () => {
  fc.assert(
    fc.property(documents, (text) => {
      expect(skipped(`${text} `)).toBe(Buffer.byteLength(text));
      const bytes = Buffer.from(text);
      for (let end = 0; end < bytes.length; end++) expect([NOT_SKIPPED, ENDS_TOO_EARLY]).toContain(skipped(bytes.subarray(0, end)));
    }),
  );
});

test('what JSON.parse refuses is not skipped as a whole', () => {
  const spoilt = fc.tuple(documents, fc.nat(), fc.constantFrom('', ',', '"', '{', ']', '\\', '0', 'e', '\n', 'a', ':')).map(([text, at, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + 1);
  });
  fc.assert(
    fc.property(spoilt, (text) => {
      // A space behind it ends a number; one before it is not its own.
      expect(skipped(`${text.trim()} `) === Buffer.byteLength(text.trim())).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
