import { setOwn } from '../../model/set-own.ts';
import { compileFields, project, type FieldTree } from '../fields/field-tree.ts';
import { settleWriter, treeWithWriters } from '../fields/newest-writer.ts';
import { matcherOf, type FieldMatcher } from './field-matcher.ts';
import { KindUnknownError } from './json-errors.ts';
import { KnownKind, OWNER_FIELDS, type TypeName } from './known-kind.ts';
import type { ProjectedItems } from './projected-items.ts';
import type { ObjectSink } from './read-objects.ts';
import { NOTHING, type ValueReader } from './value-reader.ts';

/** An object of which nobody says the type: it is handed over without; its list may say it later; or it cannot be. */
export type Untyped = 'accept' | 'ask' | 'refuse';

/** A list of more kinds than this is nothing that a cluster gives; what was learnt of them is forgotten then. */
const MOST_KINDS = 500;

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const WHOLE: FieldTree = { whole: true, keys: new Map(), each: undefined, where: [], prefixes: [] };
/** What tells the type and the owner of an object. */
const HEAD = matcherOf(compileFields(['apiVersion', 'kind', ...OWNER_FIELDS.map((field) => `metadata.${field}`)]));
const ANYTHING = matcherOf(WHOLE);

/** An object of which the metadata was read: what it is, what is kept of it, and that as far as it was read. */
interface Decided {
  readonly type: TypeName;
  readonly tree: FieldTree | undefined;
  readonly matcher: FieldMatcher | undefined;
  readonly made: Record<string, unknown>;
}

/** Reads one API object after the other and hands what is kept of each to the sink. */
export class ItemReader {
  private readonly values: ValueReader;
  private readonly sink: ObjectSink;
  private readonly projected: ProjectedItems;
  private readonly known = new Map<string, KnownKind>();
  private last: KnownKind | undefined;

  constructor(values: ValueReader, sink: ObjectSink, projected: ProjectedItems) {
    this.values = values;
    this.sink = sink;
    this.projected = projected;
  }

  /**
   * Reads the object that begins at `from` and returns the position behind it. `hint` is the type that its list says. Nothing is
   * handed over before the object was read to its end. `untyped`: what if nobody says a type.
   */
  read(from: number, hint: TypeName | undefined, untyped: Untyped): number {
    const behind = this.projected.read(from, hint);
    if (behind !== undefined) return behind;
    this.projected.handOver();
    const { scanner } = this.values;
    if (scanner.bytes[from] !== OPEN_BRACE) scanner.fail(from, 'an object');
    this.values.misshapen = undefined;
    if (!this.readInOrder(from, hint)) this.readTwice(from, hint, untyped);
    return this.values.pos;
  }

  /** One pass, for objects whose type and metadata stand before the rest, as in most. False: not so; nothing was handed over. */
  private readInOrder(from: number, hint: TypeName | undefined): boolean {
    const { values } = this;
    const { scanner } = values;
    let apiVersion: unknown;
    let kind: unknown;
    let decided: Decided | undefined;
    let metadata = 0;
    let p = scanner.enter(from + 1, 1);
    if (scanner.bytes[p] === CLOSE_BRACE) return false;
    for (;;) {
      const key = p;
      const head = values.key(key, HEAD)?.name;
      p = scanner.skipSpace(scanner.expectColon(values.pos));
      if (decided) {
        if (head !== undefined) return false;
        this.readField(key, p, decided);
      } else if (head === 'metadata') {
        const type = typeOf(apiVersion, kind, hint);
        metadata = p;
        decided = type && this.decide(p, type);
        if (!decided || decided.tree?.whole) return false;
      } else if (head === 'kind' && kind === undefined) {
        kind = values.read(p, ANYTHING, 1);
      } else if (head === 'apiVersion' && apiVersion === undefined) {
        apiVersion = values.read(p, ANYTHING, 1);
      } else {
        return false;
      }
      p = scanner.skipSpace(values.pos);
      if (scanner.bytes[p] === CLOSE_BRACE) break;
      p = scanner.skipSpace(scanner.expectComma(p));
    }
    if (!decided) return false;
    values.pos = p + 1;
    this.projected.learn(this.last!, hint, scanner.bytes.subarray(from, metadata));
    if (decided.tree) this.sink.accept(decided.made, decided.type.apiVersion, decided.type.kind, values.misshapen);
    return true;
  }

  private readField(key: number, value: number, { matcher, made }: Decided): void {
    const { values } = this;
    const field = matcher && values.key(key, matcher);
    if (!field) {
      values.pos = values.scanner.skipValue(value, 1);
      return;
    }
    const kept = values.read(value, field.matcher, 1);
    if (kept !== NOTHING) setOwn(made, field.name, kept);
    else values.leaveOut(made, field.name);
  }

  /** Reads the metadata, and by it what else is kept of an object of this type. */
  private decide(from: number, type: TypeName): Decided {
    const known = this.learn(type);
    let metadata = this.readMetadata(from, known);
    const controller = controllerOf(metadata);
    const tree = controller ? this.sink.treeFor(type.apiVersion, type.kind, controller) : known.full;
    const made: Record<string, unknown> = {};
    if (!tree) return { type, tree, matcher: undefined, made };
    let use = known.uses.get(tree);
    if (!use) {
      use = known.learnUse(tree);
      metadata = this.readMetadata(from, known);
    }
    if (!use.exact && isRecord(metadata) && !(use.exactWithoutOwner && metadata['ownerReferences'] === undefined)) metadata = project(metadata, use.metadata);
    if (tree.keys.has('apiVersion')) made['apiVersion'] = type.apiVersion;
    if (tree.keys.has('kind')) made['kind'] = type.kind;
    if (metadata === NOTHING) this.values.leaveOut(made, 'metadata');
    else if (metadata !== undefined) made['metadata'] = metadata;
    settleWriter(made);
    return { type, tree, matcher: use.matcher, made };
  }

  private readMetadata(from: number, { metadataMatcher }: KnownKind): unknown {
    return this.values.read(from, metadataMatcher, 1);
  }

  private learn(type: TypeName): KnownKind {
    if (this.last?.is(type)) return this.last;
    const id = `${type.apiVersion} ${type.kind}`;
    let known = this.known.get(id);
    if (!known) {
      if (this.known.size >= MOST_KINDS) this.known.clear();
      known = new KnownKind(type, this.sink.treeFor(type.apiVersion, type.kind, undefined));
      this.known.set(id, known);
    }
    this.last = known;
    return known;
  }

  /** Two passes, for every other order: first what the object is, then what is kept of it. */
  private readTwice(from: number, hint: TypeName | undefined, untyped: Untyped): void {
    const { values } = this;
    const head = values.read(from, HEAD) as Record<string, unknown>;
    const end = values.pos;
    const type = typeOf(head['apiVersion'], head['kind'], hint) ?? NO_TYPE;
    if (type === NO_TYPE && untyped === 'ask') throw new KindUnknownError();
    if (type === NO_TYPE && untyped === 'refuse') values.scanner.fail(from, 'an object that says its kind');
    const tree = this.sink.treeFor(type.apiVersion, type.kind, controllerOf(head['metadata']));
    if (!tree) return;
    const made = values.read(from, matcherOf(treeWithWriters(tree))) as Record<string, unknown>;
    if (type !== NO_TYPE && (tree.whole || tree.keys.has('apiVersion'))) made['apiVersion'] = type.apiVersion;
    if (type !== NO_TYPE && (tree.whole || tree.keys.has('kind'))) made['kind'] = type.kind;
    settleWriter(made);
    values.pos = end;
    this.sink.accept(made, type.apiVersion, type.kind, values.misshapen);
  }
}

const NO_TYPE: TypeName = { apiVersion: '', kind: '' };

/** What an object is: as it says itself, else as its list says; undefined: nobody says. */
function typeOf(apiVersion: unknown, kind: unknown, hint: TypeName | undefined): TypeName | undefined {
  if (typeof kind !== 'string') return hint;
  if (typeof apiVersion === 'string') return { apiVersion, kind };
  return { apiVersion: hint?.kind === kind ? hint.apiVersion : '', kind };
}

/** The owner that controls an object, by its metadata. */
export function controllerOf(metadata: unknown): TypeName | undefined {
  if (!isRecord(metadata) || !Array.isArray(metadata['ownerReferences'])) return undefined;
  for (const owner of metadata['ownerReferences'] as unknown[]) {
    if (!isRecord(owner) || owner['controller'] !== true) continue;
    const { apiVersion, kind } = owner;
    if (typeof apiVersion === 'string' && typeof kind === 'string') return { apiVersion, kind };
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
