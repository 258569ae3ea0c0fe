/** Text of at most so many UTF-16 units, never cut through a code point; what was cut ends with an ellipsis. Holds nothing of the long text. */
export function cutText(text: string, cap: number): string {
  if (text.length <= cap) return text;
  const kept = text.slice(0, cap - 1).replace(/[\ud800-\udbff]$/, '');
  // A slice keeps all that it was cut from in memory; a copy does not.
  return `${Buffer.from(kept, 'utf16le').toString('utf16le')}…`;
}

/** Characters that a reader's program could take for an order, or a person for something else: as in `report/terminal/escape-for-terminal.ts`. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
/** Marks that pile up on one letter reach into the lines above and below. */
const PILED_MARKS = /(?<=\p{M}{2})\p{M}+/gu;

/** Text of a cluster's on one line of a plain message, cut. What is unsafe is written as `\u{HHHH}`, so that it can be seen. */
export function plainText(text: string, cap: number): string {
  return cutText(cutText(text, cap * 2).replace(PILED_MARKS, '').replace(UNSAFE, escapeCodePoint), cap);
}

function escapeCodePoint(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
