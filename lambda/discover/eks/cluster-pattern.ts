import { fits, wildcardPattern } from '../../model/wildcard-pattern.ts';

/**
 * Whether a pattern fits a cluster's name, or its whole ARN where the pattern begins with `arn:`. `*` stands for any text, `?` for any one character.
 */
export function fitsPattern(pattern: string, { name, arn }: { readonly name: string; readonly arn: string }): boolean {
  return fits(wildcardPattern(pattern), pattern.startsWith('arn:') ? arn : name);
}
