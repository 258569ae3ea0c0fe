import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { layOut, paragraph, span, type Block } from '../../../lambda/report/terminal/layout.ts';
import { textWidth } from '../../../lambda/report/terminal/text-width.ts';

const plain = (width: number) => ({ width, colour: false });

describe('layOut', () => {
  test('wraps between words and indents what follows', () => {
    expect(layOut([paragraph(4, 'one two three four five six')], plain(24))).toBe('    one two three four\n    five six\n');
  });

  test('a head stands before the text, a tail at the right edge of its first line', () => {
    const block: Block = { indent: 10, head: span('high'), body: [span('Anyone reads the secrets of everybody')], tail: span('a41f') };
    expect(layOut([block], plain(44))).toBe('high      Anyone reads the secrets of   a41f\n          everybody\n');
  });

  test('a word that is longer than a line is broken, and no other', () => {
    const name = 'x'.repeat(45);
    expect(layOut([paragraph(2, `short ${name} end`)], plain(22))).toBe(`  short xxxxxxxxxxxxxx\n  ${'x'.repeat(20)}\n  ${'x'.repeat(11)} end\n`);
  });

  test('an address stays whole', () => {
    const address = `https://example.com/${'x'.repeat(40)}`;
    expect(layOut([{ indent: 4, head: span('See'), body: [span(address)], unbroken: true }], plain(30))).toBe(`See ${address}\n`);
  });

  test('colour marks what has a tone, and the text is the same without it', () => {
    const block = paragraph(0, span('critical', 'critical'), '  plain');
    expect(layOut([block], { width: 40, colour: true })).toBe('\x1b[1;31mcritical\x1b[0m  plain\n');
    expect(layOut([block], plain(40))).toBe('critical  plain\n');
  });

  test('hostile text in any part is escaped', () => {
    const evil = span('\x1b[2Ja\nb\u202e');
    const text = layOut([{ indent: 25, head: evil, body: [evil], tail: evil }], plain(72));
    expect(text).toBe('\\x1b[2Ja\\x0ab\\u{202e}    \\x1b[2Ja\\x0ab\\u{202e}     \\x1b[2Ja\\x0ab\\u{202e}\n');
  });

  test('text of megabytes is shortened, with how long it is: nothing else may be pushed off the screen, and time must not grow with its square', () => {
    const name = 'A'.repeat(10_000_000);
    const evil = span(name);
    const text = layOut([{ indent: 4, head: evil, body: [evil], tail: evil }], plain(100));
    expect(text.length).toBeLessThan(20_000);
    expect(text.split('… (10000000').length - 1).toBe(3);
    expect(layOut([paragraph(0, 'A'.repeat(4000))], plain(100)).replaceAll('\n', '')).toBe('A'.repeat(4000));
  });

  test('a wide character takes two columns', () => {
    expect(layOut([paragraph(0, '東京東京東京東京東京東京')], plain(20))).toBe('東京東京東京東京東京\n東京\n');
  });

  test('no line is wider than asked, and no letter is lost', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', '/', '東', 'é'), minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), fc.integer({ min: 40, max: 90 }), fc.integer({ min: 0, max: 12 }), fc.boolean(), (words, width, indent, tail) => {
        const text = layOut([{ indent, body: [span(words.join(' '))], ...(tail ? { tail: span('0123') } : {}) }], plain(width));
        for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width);
        expect(text.replace(tail ? /\s|0123/g : /\s/g, '')).toBe(words.join(''));
      }),
    );
  });
});
