/**
 * What a terminal could take for an order, or a reader for something else: control characters (ANSI sequences begin with one),
 * line and paragraph separators, format characters (bidirectional overrides, zero widths, tags), spaces that are not the
 * space, private and unassigned code points, lone surrogates. Unicode TR 36, "Trojan Source" (CVE-2021-42574).
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** Marks that pile up on one letter reach into the lines above and below. */
const PILED_MARKS = /(?<=\p{M}{2})\p{M}+/gu;

/**
 * The one sink through which text reaches a terminal. Every unsafe code point becomes `\xHH` or `\u{HHHH}`, so that what was there
 * can still be seen. Does nothing to text that is safe, and nothing more to text that went through it before.
 */
export function escapeForTerminal(text: string): string {
  return text.replace(PILED_MARKS, '').replace(UNSAFE, escapeCodePoint);
}

function escapeCodePoint(character: string): string {
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** Longer than any text of ours; what is no cluster's (a path, an option's value) may be longer, and would push everything else off the screen. */
const LONGEST = 4000;

/** Text of which a person sees the beginning, and how much there is more. Escaped like all other. */
export function shortenForTerminal(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 100)}… (${text.length} characters)`;
}
