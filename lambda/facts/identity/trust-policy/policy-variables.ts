import type { WildcardPattern } from '../../../model/wildcard-pattern.ts';
import type { RequestContext } from './request-context.ts';

/** A value of a policy with its variables filled in. `no-value`: a variable has none, and the whole fits nothing. `unknown`: it has one that is not known. */
export type FilledValue = WildcardPattern | 'no-value' | 'unknown';

/** `${key}`, `${key, 'default'}`, and the characters that would mean something: `${*}`, `${?}`, `${$}`. */
const VARIABLE = /\$\{([^{}]*)\}/g;
const WITH_DEFAULT = /^\s*([^,]*?)\s*,\s*'([^']*)'\s*$/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html. What is filled in is literal. */
export function fillVariables(text: string, context: RequestContext): FilledValue {
  const literal = new Set<number>();
  let filled = '';
  let from = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(VARIABLE)) {
    const value = valueOf(name, context);
    if (value === 'no-value' || value === 'unknown') return value;
    filled += text.slice(from, index);
    for (const character of value.text) {
      literal.add(filled.length);
      filled += character;
    }
    from = index + whole.length;
  }
  return { text: filled + text.slice(from), literal };
}

function valueOf(name: string, context: RequestContext): { readonly text: string } | 'no-value' | 'unknown' {
  if (name === '*' || name === '?' || name === '$') return { text: name };
  const [, key = name.trim(), instead] = WITH_DEFAULT.exec(name) ?? [];
  const value = context.valueOf(key);
  if (value === 'some' || value === 'unsaid') return 'unknown';
  // A key with several values stands for none of them.
  if (value?.length === 1) return { text: value[0]! };
  return instead === undefined ? 'no-value' : { text: instead };
}
