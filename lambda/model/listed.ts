/** How many of a list a message names before it counts the rest. */
const NAMED = 3;

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`: a list as a sentence carries it. The order is the caller's. */
export function listed(names: readonly string[]): string {
  if (names.length > NAMED) return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
