/** Integers of so many digits are exact as doubles. */
const EXACT_DIGITS = 15;

/** The number whose JSON text stands from `from` up to `to`. */
export function numberOf(bytes: Buffer, from: number, to: number): number {
  if (to - from > EXACT_DIGITS) return Number(bytes.toString('latin1', from, to));
  let integer = 0;
  for (let p = from; p < to; p++) {
    const digit = bytes[p]! - 0x30;
    if (digit < 0 || digit > 9) return Number(bytes.toString('latin1', from, to));
    integer = integer * 10 + digit;
  }
  return integer;
}

export function beginsWith(bytes: Uint8Array, from: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[from + i] !== prefix[i]) return false;
  return true;
}
