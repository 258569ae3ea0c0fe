import { PADDING, type ByteScanner } from './byte-scanner.ts';

/** Longest value that is remembered: labels and owners are shorter. */
const MAX_BYTES = 1024;

const NO_BYTES = Buffer.alloc(0);
const NO_WORDS = new DataView(new ArrayBuffer(0));

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/**
 * The last value of one field and the bytes it was made from. Replicas have the same labels and the same owner, byte for byte: they
 * then share one value, which nobody may change. Only objects and lists are remembered: their bytes say where they end.
 */
export class RepeatedValue {
  value: unknown = undefined;
  /** 0: nothing is remembered. */
  length = 0;
  private bytes = NO_BYTES;
  private words = NO_WORDS;

  /** Whether the bytes from `from` on are those of the remembered value. */
  isAt(scanner: ByteScanner, from: number): boolean {
    const { length, words } = this;
    if (length === 0 || from + length > scanner.end) return false;
    const theirs = scanner.words;
    const inWords = length & ~3;
    for (let i = 0; i < inWords; i += 4) if (theirs.getInt32(from + i) !== words.getInt32(i)) return false;
    for (let i = inWords; i < length; i++) if (scanner.bytes[from + i] !== this.bytes[i]) return false;
    return true;
  }

  remember(scanner: ByteScanner, from: number, to: number, value: unknown): void {
    const first = scanner.bytes[from];
    if (to - from > MAX_BYTES || (first !== OPEN_BRACE && first !== OPEN_BRACKET)) return;
    if (this.length === 0) {
      this.bytes = Buffer.alloc(MAX_BYTES + PADDING);
      this.words = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
    }
    scanner.bytes.copy(this.bytes, 0, from, to);
    this.length = to - from;
    this.value = value;
  }
}
