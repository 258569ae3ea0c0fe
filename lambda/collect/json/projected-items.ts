import { isAscii } from 'node:buffer';
import { MAX_DEPTH, MORE_BYTES_NEEDED, type ByteScanner } from './byte-scanner.ts';
import type { JsonModule } from './json-module.ts';
import { KindTable } from './kind-table.ts';
import type { KnownKind, TreeUse, TypeName } from './known-kind.ts';
import { TEXT_AT, WINDOW_AT } from './memory-layout.ts';
import { AT_OBJECT, BEHIND_METADATA } from './project-code.ts';
import { TEXT_FULL } from './projection-state.ts';
import type { ObjectSink } from './read-objects.ts';
import { ENDS_TOO_EARLY, NOT_SKIPPED } from './skip-code.ts';

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** An object whose text was written. */
interface Written {
  readonly table: KindTable;
  readonly use: TreeUse;
  readonly seen: number;
  readonly shared: number;
}

/**
 * Reads objects that are like the one before them: of its kind, with the same bytes up to the metadata. What is kept of them is copied
 * into one text, which is parsed at once. All that is rare is left to `ItemReader`.
 */
export class ProjectedItems {
  private readonly module: JsonModule;
  private readonly scanner: ByteScanner;
  private readonly sink: ObjectSink;
  private written: Written[] = [];
  /** Where the text ends. */
  private text = TEXT_AT;
  private table: KindTable | undefined;
  /** The last object that `ItemReader` read, and what its list says of its type. */
  private last: KnownKind | undefined;
  private hint: TypeName | undefined;

  constructor(module: JsonModule, scanner: ByteScanner, sink: ObjectSink) {
    this.module = module;
    this.scanner = scanner;
    this.sink = sink;
  }

  /** The position behind the object that begins at `from`, which is handed over later; undefined: it must be read in another way. */
  read(from: number, hint: TypeName | undefined): number | undefined {
    const { table, scanner } = this;
    if (!table?.valid || hint !== this.hint) return undefined;
    let to = this.project(table, from + WINDOW_AT);
    if (to === TEXT_FULL && this.written.length > 0) {
      table.forget();
      this.handOver();
      to = this.project(table, from + WINDOW_AT);
    }
    if (to >= 0) return to - WINDOW_AT;
    table.forget();
    if (to === ENDS_TOO_EARLY && !scanner.last) throw MORE_BYTES_NEEDED;
    return undefined;
  }

  private project(table: KindTable, from: number): number {
    const { module, scanner, sink } = this;
    const room = MAX_DEPTH - 1;
    const end = scanner.end + WINDOW_AT;
    const behindMetadata = module.project(from, room, end, table.at, this.text, AT_OBJECT);
    if (behindMetadata < 0) return behindMetadata;
    const [text, seen, shared] = module.results as unknown as readonly [number, number, number];
    const controller = table.controllerOf(seen, shared);
    const root = controller ? table.rootUnder(controller, sink) : table.root(table.kind.full);
    if (!root) return NOT_SKIPPED;
    const to = module.project(behindMetadata, room, end, root.at, text, BEHIND_METADATA);
    if (to < 0) return to;
    if (root.use) {
      this.text = module.results[0]!;
      this.written.push({ table, use: root.use, seen, shared });
    } else {
      table.forget();
    }
    return to;
  }

  /** Hands over what was read so far. */
  handOver(): void {
    const { written, text } = this;
    if (written.length === 0) return;
    this.written = [];
    this.text = TEXT_AT;
    const { bytes } = this.module;
    // Each object's text begins with a comma.
    bytes[TEXT_AT] = OPEN_BRACKET;
    bytes[text] = CLOSE_BRACKET;
    const all = bytes.subarray(TEXT_AT, text + 1);
    const objects = JSON.parse(all.toString(isAscii(all) ? 'latin1' : 'utf8')) as Record<string, unknown>[];
    let index = 0;
    for (const { table, use, seen, shared } of written) {
      const object = objects[index++]!;
      table.complete(object, use, seen, shared);
      this.sink.accept(object, table.kind.type.apiVersion, table.kind.type.kind);
    }
  }

  /** An object of this kind was read in its usual order, and had these bytes up to its metadata: those that follow may be like it. */
  learn(kind: KnownKind, hint: TypeName | undefined, head: Uint8Array): void {
    // One alone is not worth a table.
    this.table = kind === this.last ? this.tableFor(kind, head) : undefined;
    this.last = kind;
    this.hint = hint;
  }

  private tableFor(kind: KnownKind, head: Uint8Array): KindTable | undefined {
    if (kind.table !== 'none' && !kind.table?.valid) kind.table = KindTable.of(this.module, kind) ?? 'none';
    return kind.table !== 'none' && kind.table.beginsWith(head) ? kind.table : undefined;
  }
}
