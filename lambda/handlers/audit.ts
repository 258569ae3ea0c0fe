/** Its station is not there yet; the stack is. */
export function handler(): never {
  throw new Error('audit is not there yet');
}
