/**
 * Whether a pattern fits a cluster's name, or its whole ARN where the pattern begins with `arn:`. `*` stands for any text, `?` for any one character. Goes back to the newest
 * star alone, so that the time is at most the product of both lengths, whatever the pattern.
 */
export function fitsPattern(pattern: string, { name, arn }: { readonly name: string; readonly arn: string }): boolean {
  return fits(pattern, pattern.startsWith('arn:') ? arn : name);
}

function fits(pattern: string, text: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let afterStar = 0;
  while (at < text.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern;
      afterStar = at;
      inPattern += 1;
    } else if (pattern[inPattern] === '?' || pattern[inPattern] === text[at]) {
      inPattern += 1;
      at += 1;
    } else if (star >= 0) {
      afterStar += 1;
      at = afterStar;
      inPattern = star + 1;
    } else return false;
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}
