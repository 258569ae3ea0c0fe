/** Longest string that is looked up; longer ones are seldom the same twice. */
const MAX_LENGTH = 200;
const SLOTS = 1 << 14;

/**
 * Strings made from bytes, each made once: twenty thousand pods share their labels, images and owners. A table of fixed size in which
 * a newer string takes the place of an older one, so what it holds stays small whatever a cluster says.
 */
export class StringCache {
  private readonly slots: (string | undefined)[] = new Array<string | undefined>(SLOTS).fill(undefined);

  /** The string of the UTF-8 bytes from `from` up to `to`. */
  take(bytes: Buffer, from: number, to: number): string {
    const length = to - from;
    if (length > MAX_LENGTH) return bytes.toString('utf8', from, to);
    let hash = length;
    let all = 0;
    for (let p = from; p < to; p++) {
      const c = bytes[p]!;
      all |= c;
      hash = (Math.imul(hash, 31) + c) | 0;
    }
    if (all > 0x7f) return bytes.toString('utf8', from, to);
    const slot = (hash ^ (hash >>> 14)) & (SLOTS - 1);
    const known = this.slots[slot];
    if (known !== undefined && known.length === length && sameAscii(known, bytes, from)) return known;
    const made = bytes.toString('latin1', from, to);
    this.slots[slot] = made;
    return made;
  }
}

function sameAscii(text: string, bytes: Buffer, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}
