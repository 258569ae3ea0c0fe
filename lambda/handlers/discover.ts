/** Its station is not there yet; the stack is. */
export function handler(): never {
  throw new Error('discover is not there yet');
}
