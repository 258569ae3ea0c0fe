/** A text in which `*` stands for any characters and `?` for one, but for those at the places that are literal. */
export interface WildcardPattern {
  readonly text: string;
  readonly literal: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

export function wildcardPattern(text: string): WildcardPattern {
  return { text, literal: NONE };
}

/** Whether the whole value fits. Goes back to the newest star alone, so that the time is at most the product of the lengths, whatever the pattern. */
export function fits({ text, literal }: WildcardPattern, value: string): boolean {
  const isWild = (at: number, character: string): boolean => text[at] === character && !literal.has(at);
  let at = 0;
  let read = 0;
  let star = -1;
  let starRead = 0;
  while (read < value.length) {
    if (at < text.length && isWild(at, '*')) {
      star = at;
      starRead = read;
      at += 1;
    } else if (at < text.length && (isWild(at, '?') || text[at] === value[read])) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      starRead += 1;
      at = star + 1;
      read = starRead;
    } else return false;
  }
  while (at < text.length && isWild(at, '*')) at += 1;
  return at === text.length;
}
