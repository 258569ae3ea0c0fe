import { cappedName } from '../../model/capped-text.ts';

/**
 * JSON in which everything outside printable ASCII is written as `\uXXXX`: the same values, and nothing in it that a terminal or a
 * reader could take for something else, whatever a cluster calls its things.
 */
export function asciiJson(value: unknown, replaced?: (key: string, value: unknown) => unknown): string {
  return `${JSON.stringify(value, replaced, 2).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** The same of what no assessment has cut to a size: a binding may name a user of a megabyte. Two texts that begin alike stay two. */
export function cappedJson(value: unknown): string {
  return asciiJson(value, (_, each) => (typeof each === 'string' ? cappedName(each) : each));
}
