/** Longest text of a server's that goes into one of our messages, in UTF-16 units. */
const CAP = 300;

/** Control and format characters (ANSI escapes, line breaks, bidirectional overrides) and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** What we sign in with, should somebody write it back to us: as a header, or EKS's kind of token by itself. */
const TOKEN = /\bBearer\s+[^\s"',;<>]+|\bk8s-aws-v1\.[\w-]*/gi;

/** Text that a server, a proxy or a credential plugin wrote, fit for a message: one line, printable, capped, without a token. */
export function serverText(text: string, cap = CAP): string {
  const line = text.slice(0, cap * 4).replace(UNPRINTABLE, ' ').replace(TOKEN, '(a token)').trim();
  // Not through the middle of a surrogate pair.
  return line.length > cap ? `${line.slice(0, cap - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
