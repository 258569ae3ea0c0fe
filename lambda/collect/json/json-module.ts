import { CHOOSE_FUNCTION } from './choose-code.ts';
import { OPENING, OPENING_AT, RESULTS_AT, TABLES_AT, WINDOW_AT } from './memory-layout.ts';
import { PROJECT_FUNCTION } from './project-code.ts';
import { SKIP_FUNCTIONS } from './skip-code.ts';
import { moduleOf } from './wasm-code.ts';

/** What is used of it: the compiler knows `WebAssembly` only together with a browser's document. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly Instance: new (module: object, imports: Readonly<Record<string, Readonly<Record<string, object>>>>) => { readonly exports: Readonly<Record<string, unknown>> };
};

/** Made when the first bytes are read: most commands read none. */
let compiled: object | undefined;
const PAGE = 65536;

type Skip = (from: number, room: number, end: number) => number;
type Project = (from: number, room: number, end: number, at: number, text: number, entry: number) => number;

/** The functions of `skip-code.ts` and `project-code.ts` with a memory of their own, laid out as `memory-layout.ts` says. Positions are addresses in it. */
export class JsonModule {
  /** Behind the value that begins at `from`; at most `room` brackets may be open in it, and all of it lies before `end`. */
  readonly skip: Skip;
  /** To the next byte that is no space. */
  readonly space: Skip;
  /** To the next byte that does not stand for itself in a string. */
  readonly plain: Skip;
  readonly project: Project;
  private readonly memory = new WebAssembly.Memory({ initial: WINDOW_AT / PAGE + 1 });
  private tablesEnd = TABLES_AT;
  /** How often tables were dropped: those of before are no more. */
  drops = 0;
  /** All of the memory, in three ways to look at it; made anew when it grows. */
  bytes = Buffer.from(this.memory.buffer);
  view = new DataView(this.memory.buffer);
  /** What `project` gave: `RESULTS_AT`. */
  results = new Int32Array(this.memory.buffer, RESULTS_AT, 3);

  constructor() {
    compiled ??= new WebAssembly.Module(moduleOf([...SKIP_FUNCTIONS, CHOOSE_FUNCTION, PROJECT_FUNCTION]));
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory: this.memory } });
    this.skip = exports['skip'] as Skip;
    this.space = exports['space'] as Skip;
    this.plain = exports['plain'] as Skip;
    this.project = exports['project'] as Project;
    this.bytes.write(OPENING, OPENING_AT, 'latin1');
  }

  /** The window, of this length; what was in it stays, and the one before is gone. */
  window(length: number): Buffer {
    // 16 bytes at once are looked at behind the last of them.
    const missing = WINDOW_AT + length + 16 - this.bytes.length;
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / PAGE));
      this.bytes = Buffer.from(this.memory.buffer);
      this.view = new DataView(this.memory.buffer);
      this.results = new Int32Array(this.memory.buffer, RESULTS_AT, 3);
    }
    return this.bytes.subarray(WINDOW_AT, WINDOW_AT + length);
  }

  /** How many bytes are left for tables. */
  get tableRoom(): number {
    return WINDOW_AT - this.tablesEnd;
  }

  /** Where so many bytes of tables lie, all 0; there must be room for them. */
  takeTable(length: number): number {
    const at = this.tablesEnd;
    this.tablesEnd += (length + 3) & ~3;
    this.bytes.fill(0, at, this.tablesEnd);
    return at;
  }

  /** Nobody uses a table any more. */
  dropTables(): void {
    this.tablesEnd = TABLES_AT;
    this.drops++;
  }
}

/** Those that nobody uses. A memory takes much address space, while files and pages of lists are many and read one after the other. */
const idle: JsonModule[] = [];
/** One that a large object made wider is not kept. */
const MOST_IDLE_BYTES = 4 * 1024 * 1024;

/** Lends a module to `work`, which must not use it or its window any more when it has ended. */
export async function withJsonModule<T>(work: (module: JsonModule) => Promise<T>): Promise<T> {
  const module = idle.pop() ?? new JsonModule();
  try {
    return await work(module);
  } finally {
    module.dropTables();
    if (module.bytes.length <= MOST_IDLE_BYTES) idle.push(module);
  }
}
