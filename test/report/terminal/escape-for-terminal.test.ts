import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeForTerminal } from '../../../lambda/report/terminal/escape-for-terminal.ts';

describe('escapeForTerminal', () => {
  const cases: readonly (readonly [name: string, text: string, shown: string])[] = [
    ['an ANSI sequence', '\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['an operating system command that sets the title', '\x1b]0;owned\x07', '\\x1b]0;owned\\x07'],
    ['the 8-bit control sequence introducer', '\x9b2J', '\\x9b2J'],
    ['line breaks and tabs', 'a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
    ['a bidirectional override', 'user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['isolates', '\u2066a\u2069', '\\u{2066}a\\u{2069}'],
    ['zero widths', 'ad\u200bmin\ufeff', 'ad\\u{200b}min\\u{feff}'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
    ['spaces that are not the space', 'a\u00a0b\u3000c', 'a\\xa0b\\u{3000}c'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
    ['private use', '\ue000', '\\u{e000}'],
    ['marks that pile up', `e${'\u0301'.repeat(40)}x`, 'e\u0301\u0301x'],
    ['plain words in any script', 'café 東京 Ελλάδα ✓', 'café 東京 Ελλάδα ✓'],
  ];
  for (const [name, text, shown] of cases) {
    test(name, () => {
      expect(escapeForTerminal(text)).toBe(shown);
    });
  }

  test('whatever the text, nothing that a terminal obeys is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeForTerminal(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
      }),
    );
  });

  test('twice is once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = escapeForTerminal(text);
        expect(escapeForTerminal(once)).toBe(once);
      }),
    );
  });
});
