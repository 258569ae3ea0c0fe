import { compileFields } from '../fields/field-tree.ts';
import { MORE_BYTES_NEEDED, type ByteScanner } from './byte-scanner.ts';
import { matcherOf } from './field-matcher.ts';
import { ItemReader } from './item-reader.ts';
import { JsonSyntaxError, END_OF_INPUT, withCommas } from './json-errors.ts';
import type { TypeName } from './known-kind.ts';
import type { ProjectedItems } from './projected-items.ts';
import type { DocumentHeader, ObjectSink } from './read-objects.ts';
import { ValueReader } from './value-reader.ts';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LETTER_N = 0x6e;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

const HEADER = matcherOf(compileFields(['apiVersion', 'kind', 'items', 'metadata.continue', 'metadata.resourceVersion', 'reason', 'message', 'code']));

/** Where in a document the next byte stands. */
type Place = 'between documents' | 'before an object' | 'before the first item' | 'before an item' | 'behind an item' | 'behind the items';

/**
 * Knows where in a List or a single object the bytes have come to. Goes on as far as the window's bytes reach; what it has finished
 * is never looked at again, what is incomplete is begun again with more bytes.
 */
export class DocumentReader {
  private readonly scanner: ByteScanner;
  private readonly values: ValueReader;
  private readonly objects: ItemReader;
  private readonly projected: ProjectedItems;
  private readonly sink: ObjectSink;
  private readonly kindHint: TypeName | undefined;
  private place: Place = 'between documents';
  /** All before it in the window is finished. */
  private at = 0;
  private header: Record<string, unknown> = {};
  private items: number | undefined;
  private itemType: TypeName | undefined;
  private lastHeader: DocumentHeader | undefined;

  constructor(scanner: ByteScanner, sink: ObjectSink, projected: ProjectedItems, kindHint: TypeName | undefined) {
    this.scanner = scanner;
    this.values = new ValueReader(scanner);
    this.projected = projected;
    this.objects = new ItemReader(this.values, sink, projected);
    this.sink = sink;
    this.kindHint = kindHint;
    scanner.reading = () => this.reading();
  }

  /** Reads as far as the window reaches. Returns how many of its bytes are done with; they may be thrown away. */
  readOn(): number {
    this.at = 0;
    try {
      while (this.step());
    } catch (stop) {
      if (stop !== MORE_BYTES_NEEDED) throw stop;
    } finally {
      this.projected.handOver();
    }
    return this.at;
  }

  /** After the last bytes: the header of the last document. */
  finish(bytes: number): DocumentHeader {
    if (this.lastHeader) return this.lastHeader;
    throw new JsonSyntaxError({ position: bytes, expected: 'an object', found: END_OF_INPUT, reading: 'the input' });
  }

  /** What is being read, in words. */
  reading(): string {
    if (this.place === 'behind an item') return `the list behind its item ${withCommas(this.items ?? 0)}`;
    if (this.items !== undefined && this.place !== 'behind the items') return `item ${withCommas(this.items + 1)} of the list`;
    if (this.place === 'behind the items') return 'what follows the items of the list';
    return this.place === 'before an object' ? 'an object' : 'the input';
  }

  /** One step from place to place. False: the window is read to its end. */
  private step(): boolean {
    const p = this.scanner.skipSpace(this.at);
    const c = this.scanner.bytes[p];
    if (p >= this.scanner.end && this.place !== 'between documents') this.scanner.fail(p, 'more');
    switch (this.place) {
      case 'between documents':
        return this.begin(p);
      case 'before an object':
        this.readHeader(p);
        return true;
      case 'before the first item':
        if (c === CLOSE_BRACKET) return this.moveTo('behind the items', p + 1);
        return this.moveTo('before an item', p);
      case 'before an item':
        this.at = this.objects.read(p, this.itemType, this.header['kind'] === undefined ? 'ask' : 'refuse');
        this.items!++;
        this.place = 'behind an item';
        return true;
      case 'behind an item':
        if (c === CLOSE_BRACKET) return this.moveTo('behind the items', p + 1);
        return this.moveTo('before an item', this.scanner.expectComma(p));
      case 'behind the items':
        if (c === CLOSE_BRACE) return this.end(p + 1);
        return this.readTail(this.scanner.expectComma(p));
    }
  }

  private moveTo(place: Place, at: number): true {
    this.place = place;
    this.at = at;
    return true;
  }

  private begin(at: number): boolean {
    const { scanner } = this;
    if (scanner.base === 0 && at === 0 && scanner.bytes[0] === BYTE_ORDER_MARK[0]) {
      BYTE_ORDER_MARK.forEach((byte, i) => scanner.bytes[i] === byte || scanner.fail(i, 'an object'));
      return this.moveTo('between documents', BYTE_ORDER_MARK.length);
    }
    this.at = at;
    if (at >= scanner.end) return false;
    if (scanner.bytes[at] !== OPEN_BRACE) scanner.fail(at, 'an object');
    return this.moveTo('before an object', at);
  }

  /** From the opening brace up to the first item; or all of it, if it is no list. */
  private readHeader(at: number): void {
    const { scanner, values } = this;
    this.header = {};
    let p = scanner.enter(at + 1, 1);
    let closed = scanner.bytes[p] === CLOSE_BRACE;
    while (!closed) {
      const name = values.key(p, HEADER)?.name;
      p = scanner.skipSpace(scanner.expectColon(values.pos));
      if (name === 'items' && this.beginItems(p)) return;
      this.readHeaderField(name, p);
      p = scanner.skipSpace(values.pos);
      closed = scanner.bytes[p] === CLOSE_BRACE;
      if (!closed) p = scanner.skipSpace(scanner.expectComma(p));
    }
    this.end(this.objects.read(at, undefined, 'accept'));
  }

  /** False: it is some other field of that name. */
  private beginItems(at: number): boolean {
    const c = this.scanner.bytes[at];
    if (c === OPEN_BRACKET) this.moveTo('before the first item', at + 1);
    // Go prints an empty list without its brackets where nobody made the slice.
    else if (c === LETTER_N) this.moveTo('behind the items', this.scanner.skipWord(at, 'null'));
    else return false;
    this.items = 0;
    this.itemType = itemTypeOf(this.header, this.kindHint);
    return true;
  }

  private readTail(from: number): true {
    const { scanner, values } = this;
    const key = scanner.skipSpace(from);
    const name = values.key(key, HEADER)?.name;
    const p = scanner.skipSpace(scanner.expectColon(values.pos));
    if (name === 'items') scanner.fail(key, 'the items once');
    this.readHeaderField(name, p);
    return this.moveTo('behind the items', values.pos);
  }

  private readHeaderField(name: string | undefined, at: number): void {
    const field = name === undefined || name === 'items' ? undefined : HEADER.findName(name);
    if (field) this.header[field.name] = this.values.read(at, field.matcher, 1);
    else this.values.pos = this.scanner.skipValue(at, 1);
  }

  private end(at: number): true {
    this.lastHeader = headerOf(this.header, this.items, this.scanner.base + at);
    this.header = {};
    this.items = undefined;
    this.projected.handOver();
    this.sink.endDocument?.(this.lastHeader);
    return this.moveTo('between documents', at);
  }
}

/** The type that a list's items have if they do not say theirs: `PodList` holds Pods. */
function itemTypeOf({ apiVersion, kind }: Record<string, unknown>, hint: TypeName | undefined): TypeName | undefined {
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return hint;
  return kind.endsWith('List') && kind !== 'List' ? { apiVersion, kind: kind.slice(0, -'List'.length) } : undefined;
}

function headerOf(fields: Record<string, unknown>, items: number | undefined, bytes: number): DocumentHeader {
  const metadata = (typeof fields['metadata'] === 'object' ? fields['metadata'] : null) as Record<string, unknown> | null;
  const text = (name: 'apiVersion' | 'kind' | 'reason' | 'message') => (typeof fields[name] === 'string' ? { [name]: fields[name] } : {});
  const meta = (name: 'continue' | 'resourceVersion') => (typeof metadata?.[name] === 'string' ? { [name]: metadata[name] } : {});
  return {
    ...text('apiVersion'),
    ...text('kind'),
    ...meta('continue'),
    ...meta('resourceVersion'),
    ...(items === undefined ? {} : { items }),
    bytes,
    ...text('reason'),
    ...text('message'),
    ...(typeof fields['code'] === 'number' ? { code: fields['code'] } : {}),
  };
}
