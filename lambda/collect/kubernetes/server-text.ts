/** Longest text of a server's that goes into one of our messages, in UTF-16 units. */
const CAP = 300;

/** Control and format characters (ANSI escapes, line breaks, bidirectional overrides) and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** Text that a server, a proxy or a credential plugin wrote, fit for a message: one line, printable, capped. */
export function serverText(text: string, cap = CAP): string {
  const line = text.slice(0, cap * 4).replace(UNPRINTABLE, ' ').trim();
  // Not through the middle of a surrogate pair.
  return line.length > cap ? `${line.slice(0, cap - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
