import { ByteScanner, MORE_BYTES_NEEDED, PADDING } from './byte-scanner.ts';

/** Every way through the scanner, ends of a window among them. */
const PRIMER = '{"a" : {}, "\\u0041\\n" :[1.5e+3, -20,true , false,null,{"b":"c d e f"},[] ,""] }';

/**
 * The engine translates a function by what it saw it do, and once more whenever it does something new: for `skipValue` that costs more
 * than all of this.
 */
export function primeScanner(): void {
  const scanner = new ByteScanner();
  const bytes = Buffer.alloc(PRIMER.length + PADDING);
  for (let round = 0; round < 4; round++) {
    for (let end = 1; end <= PRIMER.length; end++) {
      bytes.fill(0).write(PRIMER.slice(0, end));
      scanner.look(bytes, end, false, 0);
      try {
        scanner.skipValue(0);
      } catch (stop) {
        if (stop !== MORE_BYTES_NEEDED) throw stop;
      }
    }
  }
}
