import { project, type FieldTree } from '../fields/field-tree.ts';
import { settleWriter } from '../fields/newest-writer.ts';
import { MEMO_SIZE, tableBytes, writeMemo, writeTable, type FieldNote } from './field-table.ts';
import { controllerOf } from './item-reader.ts';
import type { JsonModule } from './json-module.ts';
import type { KnownKind, TreeUse, TypeName } from './known-kind.ts';
import { HEAD_BYTES, KIND, MEMO } from './memory-layout.ts';
import type { ObjectSink } from './read-objects.ts';

/** What comes before all that a tree is asked about: where it comes again, the object is in no usual order. */
const HEAD = ['apiVersion', 'kind', 'metadata'] as const;
const REFUSED: ReadonlyMap<string, FieldNote> = new Map(HEAD.map((name) => [name, { refused: true }]));
const NOTHING: FieldTree = { whole: false, keys: new Map(), each: undefined, where: [], prefixes: [] };
const BYTES_OF_REFUSED = 256;
/** Those of objects that something controls: they keep less. */
const ROOM_FOR_OTHER_TREES = 32 * 1024;
/** A field has a bit in an integer. */
const MOST_FIELDS = 31;

/** A field of the metadata, and its last value: the objects that follow may say the same. */
interface MemorizedField {
  readonly name: string;
  readonly bit: number;
  readonly memo: number;
  last: unknown;
}

/** What is kept behind the metadata, and how the metadata is used. */
export interface RootTable {
  readonly at: number;
  /** undefined: the object is left out. */
  readonly use: TreeUse | undefined;
}

/** The tables of one kind of objects in the memory of a module. */
export class KindTable {
  readonly kind: KnownKind;
  readonly at: number;
  private readonly module: JsonModule;
  private readonly fields: readonly MemorizedField[];
  private readonly owners: MemorizedField;
  private readonly writers: MemorizedField | undefined;
  private readonly roots = new Map<FieldTree | undefined, RootTable | undefined>();
  private controller: TypeName | undefined;
  /** What was asked last of `rootUnder`, and the answer. */
  private asked: { readonly controller: TypeName; readonly root: RootTable | undefined } | undefined;
  private readonly drops: number;

  /** `bytesFor` says how much room it needs. */
  private constructor(module: JsonModule, kind: KnownKind) {
    this.kind = kind;
    this.module = module;
    this.drops = module.drops;
    this.at = module.takeTable(KIND.bytes + HEAD_BYTES + 16);
    this.fields = memorized(kind.metadata).map((name, index) => ({ name, bit: 1 << index, memo: writeMemo(module), last: undefined }));
    this.owners = this.fields.find(({ name }) => name === 'ownerReferences')!;
    this.writers = this.fields.find(({ name }) => name === 'managedFields');
    module.view.setInt32(this.at + KIND.metadata, writeTable(module, kind.metadata, new Map(this.fields.map((field) => [field.name, field]))), true);
  }

  /** undefined: there can be none of this kind. Drops all others where there is no room. */
  static of(module: JsonModule, kind: KnownKind): KindTable | undefined {
    const { metadata, full } = kind;
    const fields = memorized(metadata).length;
    if (metadata.whole || fields > MOST_FIELDS) return undefined;
    const bytes = KIND.bytes + HEAD_BYTES + 16 + fields * MEMO_SIZE + tableBytes(metadata) + rootBytes(full) + ROOM_FOR_OTHER_TREES;
    if (bytes > module.tableRoom) module.dropTables();
    if (!(bytes <= module.tableRoom)) return undefined;
    const table = new KindTable(module, kind);
    return table.root(full) && table;
  }

  /** Its memory is still its own, and the kind has learnt nothing new. */
  get valid(): boolean {
    return this.drops === this.module.drops && this.kind.table === this;
  }

  /** Objects of this kind begin with these bytes. False: they are too many. */
  beginsWith(bytes: Uint8Array): boolean {
    if (bytes.length > HEAD_BYTES) return false;
    this.module.bytes.set(bytes, this.at + KIND.bytes);
    this.module.view.setInt32(this.at + KIND.length, bytes.length, true);
    return true;
  }

  /** What was remembered of the last object: it was not read to its end, or is left out. */
  forget(): void {
    for (const { memo } of this.fields) this.module.view.setInt32(memo + MEMO.length, 0, true);
  }

  /** The owner that controls the object whose metadata was just projected. */
  controllerOf(seen: number, shared: number): TypeName | undefined {
    const { bit, memo } = this.owners;
    if (!(seen & bit)) return undefined;
    if (shared & bit) return this.controller;
    const { view, bytes } = this.module;
    const text = bytes.toString('utf8', view.getInt32(memo + MEMO.textFrom, true), view.getInt32(memo + MEMO.textTo, true));
    this.controller = controllerOf({ ownerReferences: JSON.parse(text) as unknown });
    return this.controller;
  }

  /** undefined: no table says what this tree keeps, or there is no room for one. */
  root(tree: FieldTree | undefined): RootTable | undefined {
    if (!this.roots.has(tree)) this.roots.set(tree, this.makeRoot(tree));
    return this.roots.get(tree);
  }

  /** The same for what this controls. Objects in a row mostly have one controller. */
  rootUnder(controller: TypeName, sink: ObjectSink): RootTable | undefined {
    if (this.asked?.controller !== controller) {
      const { apiVersion, kind } = this.kind.type;
      this.asked = { controller, root: this.root(sink.treeFor(apiVersion, kind, controller)) };
    }
    return this.asked.root;
  }

  private makeRoot(tree: FieldTree | undefined): RootTable | undefined {
    const use = tree && this.kind.uses.get(tree);
    if (tree && (!use || tree.whole || !HEAD.every((name) => tree.keys.has(name)))) return undefined;
    return rootBytes(tree) <= this.module.tableRoom ? { at: writeTable(this.module, restOf(tree), REFUSED), use } : undefined;
  }

  /** Gives a parsed object what its text leaves out. Objects must come as their texts were written. */
  complete(object: Record<string, unknown>, use: TreeUse, seen: number, shared: number): void {
    const { type } = this.kind;
    object['apiVersion'] = type.apiVersion;
    object['kind'] = type.kind;
    const metadata = object['metadata'] as Record<string, unknown> | null;
    // It prints as null where a program made it of nothing.
    if (metadata === null) return;
    for (const field of this.fields) {
      if (!(seen & field.bit)) continue;
      if (!(shared & field.bit)) field.last = metadata[field.name];
      else if (field !== this.writers) metadata[field.name] = field.last;
    }
    if (!use.exact && !(use.exactWithoutOwner && metadata['ownerReferences'] === undefined)) object['metadata'] = project(metadata, use.metadata);
    if (this.writers && seen & this.writers.bit) settleWriters(object, this.writers, (shared & this.writers.bit) !== 0);
  }
}

/** Settled once for objects in a row that say the same of their writers. */
function settleWriters(object: Record<string, unknown>, writers: MemorizedField, isShared: boolean): void {
  const metadata = object['metadata'] as Record<string, unknown>;
  if (!isShared) {
    settleWriter(object);
    writers.last = metadata['managedFields'];
  } else if (writers.last === undefined) delete metadata['managedFields'];
  else metadata['managedFields'] = writers.last;
}

function restOf(tree: FieldTree = NOTHING): FieldTree {
  return { ...NOTHING, keys: new Map([...tree.keys].filter(([name]) => !REFUSED.has(name))) };
}

function rootBytes(tree: FieldTree | undefined): number {
  const rest = restOf(tree);
  return BYTES_OF_REFUSED + (rest.keys.size === 0 ? 0 : tableBytes(rest));
}

/** The fields whose last values are remembered. One of this name would not be set, but become the object's prototype. */
function memorized(metadata: FieldTree): string[] {
  return [...metadata.keys.keys()].filter((name) => name !== '__proto__');
}
