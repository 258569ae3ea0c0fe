/** A text in which `*` stands for any characters and `?` for one, but for those at the places that are literal. */
export interface WildcardPattern {
  readonly text: string;
  readonly literal: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

export function wildcardPattern(text: string): WildcardPattern {
  return { text, literal: NONE };
}

/** Whether the whole value fits. Time is bounded by the product of the lengths. */
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

/** Parts of an ARN: five without a colon, and the rest. */
const ARN_PARTS = 6;

/** An ARN is compared part by part, so that `*` crosses no colon but within the last part. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN */
export function fitsArn(pattern: WildcardPattern, value: string): boolean {
  const wanted = arnParts(pattern.text);
  const given = arnParts(value);
  if (!wanted || !given) return false;
  return wanted.every(({ from, text }, index) => {
    const literal = new Set([...pattern.literal].map((at) => at - from));
    return fits({ text, literal }, given[index]!.text);
  });
}

function arnParts(arn: string): readonly { readonly from: number; readonly text: string }[] | undefined {
  const parts: { from: number; text: string }[] = [];
  let from = 0;
  while (parts.length < ARN_PARTS - 1) {
    const colon = arn.indexOf(':', from);
    if (colon < 0) return undefined;
    parts.push({ from, text: arn.slice(from, colon) });
    from = colon + 1;
  }
  return [...parts, { from, text: arn.slice(from) }];
}
