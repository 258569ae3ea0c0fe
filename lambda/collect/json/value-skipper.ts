import { SKIP_CODE, WINDOW_AT } from './skip-code.ts';

/** What is used of it: the compiler knows `WebAssembly` only together with a browser's document. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly Instance: new (module: object, imports: Readonly<Record<string, Readonly<Record<string, object>>>>) => { readonly exports: Readonly<Record<string, Skip>> };
};

const MODULE = new WebAssembly.Module(SKIP_CODE);
const PAGE = 65536;

type Skip = (from: number, room: number, end: number) => number;

/** The functions of `skip-code.ts` with a memory of their own, in which the window of bytes lies from WINDOW_AT on. */
export class ValueSkipper {
  /** Behind the value that begins at `from`; at most `room` brackets may be open in it, and all of it lies before `end`. */
  readonly skip: Skip;
  /** To the next byte that is no space. */
  readonly space: Skip;
  /** To the next byte that does not stand for itself in a string. */
  readonly plain: Skip;
  private readonly memory = new WebAssembly.Memory({ initial: 1 });

  constructor() {
    const { exports } = new WebAssembly.Instance(MODULE, { env: { memory: this.memory } });
    this.skip = exports['skip']!;
    this.space = exports['space']!;
    this.plain = exports['plain']!;
  }

  /** How many bytes the memory has. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** The window, of this length; what was in it stays, and the one before is gone. */
  window(length: number): Buffer {
    // 16 bytes at once are looked at behind the last of them.
    const missing = WINDOW_AT + length + 16 - this.bytes;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return Buffer.from(this.memory.buffer, WINDOW_AT, length);
  }
}

/** Those that nobody uses. A memory takes much address space, while files and pages of lists are many and read one after the other. */
const idle: ValueSkipper[] = [];
/** One that a large object made wider is not kept. */
const MOST_IDLE_BYTES = 4 * 1024 * 1024;

/** Lends a skipper to `work`, which must not use it or its window any more when it has ended. */
export async function withSkipper<T>(work: (skipper: ValueSkipper) => Promise<T>): Promise<T> {
  const skipper = idle.pop() ?? new ValueSkipper();
  try {
    return await work(skipper);
  } finally {
    if (skipper.bytes <= MOST_IDLE_BYTES) idle.push(skipper);
  }
}
