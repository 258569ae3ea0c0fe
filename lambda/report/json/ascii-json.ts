/**
 * JSON in which everything outside printable ASCII is written as `\uXXXX`: the same values, and nothing in it that a terminal or a
 * reader could take for something else, whatever a cluster calls its things.
 */
export function asciiJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
