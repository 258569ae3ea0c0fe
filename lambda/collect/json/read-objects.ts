import type { FieldTree } from '../fields/field-tree.ts';
import { ByteScanner, PADDING } from './byte-scanner.ts';
import { DocumentReader } from './document-reader.ts';
import { TooLargeError } from './json-errors.ts';
import type { TypeName } from './known-kind.ts';
import { withJsonModule } from './json-module.ts';
import { ProjectedItems } from './projected-items.ts';

/** Takes the objects of a document as they are read. */
export interface ObjectSink {
  /**
   * Which fields to keep of such an object; undefined: leave it out (it is still checked and counted). `controller` is the type of
   * the owner that controls it. Must give the same tree for the same question. An object that says no type is asked for as ('', '').
   */
  treeFor(apiVersion: string, kind: string, controller: TypeName | undefined): FieldTree | undefined;
  /**
   * A trimmed object. `apiVersion` and `kind` are its own, or follow from the list's (PodList -> Pod). `misshapen`: a field that must be an
   * object or a list is none, in words; it is left out, so that what is there cannot be judged.
   */
  accept(object: unknown, apiVersion: string, kind: string, misshapen?: string): void;
  /** A document was read to its end; the input may hold several. */
  endDocument?(header: DocumentHeader): void;
}

/** What a document says besides its objects. */
export interface DocumentHeader {
  readonly apiVersion?: string;
  readonly kind?: string;
  /** Of a list that goes on: what to ask the next page with. */
  readonly continue?: string;
  readonly resourceVersion?: string;
  /** How many items the list held; undefined: it is not a list. */
  readonly items?: number;
  /** Bytes of the input up to the document's end. */
  readonly bytes: number;
  /** What a Status says went wrong. */
  readonly reason?: string;
  readonly message?: string;
  readonly code?: number;
}

export interface ReadLimits {
  /** Largest single object; 32 MiB unless given. */
  readonly maxObjectBytes?: number;
  /** Largest input altogether. */
  readonly maxBytes?: number;
  /** The type of items that do not say theirs, in a list that says its own only behind them. */
  readonly kindHint?: TypeName;
}

const MAX_OBJECT_BYTES = 32 * 1024 * 1024;
const FIRST_WINDOW = 16 * 1024;

/**
 * Reads Kubernetes JSON (a List or single objects, one document or several in a row) as a stream and hands over each object, trimmed
 * while it was read. A chunk is not used any more once the next one is asked for. Returns the header of the last document.
 *
 * Throws JsonSyntaxError where the input is not such JSON or ends too early (objects before that were handed over already),
 * TooLargeError where a limit is passed, and KindUnknownError where `kindHint` is needed.
 */
export function readObjects(chunks: AsyncIterable<Uint8Array>, sink: ObjectSink, limits: ReadLimits = {}): Promise<DocumentHeader> {
  return withJsonModule((module) => {
    const scanner = new ByteScanner(module);
    return readWith(scanner, new DocumentReader(scanner, sink, new ProjectedItems(module, scanner, sink), limits.kindHint), chunks, limits);
  });
}

async function readWith(scanner: ByteScanner, reader: DocumentReader, chunks: AsyncIterable<Uint8Array>, limits: ReadLimits): Promise<DocumentHeader> {
  const { maxObjectBytes = MAX_OBJECT_BYTES, maxBytes = Infinity } = limits;
  let window = scanner.widen(FIRST_WINDOW + PADDING);
  let base = 0;
  let end = 0;
  /** An object that did not end in what was there is tried again when as much again is there: so each byte is read about twice at most. */
  let enough = 1;

  function read(last: boolean): void {
    window.fill(0, end, end + PADDING);
    scanner.look(window, end, last, base);
    const from = reader.readOn();
    window.copyWithin(0, from, end);
    base += from;
    end -= from;
    enough = from > 0 ? 1 : 2 * end;
    if (end > maxObjectBytes) throw new TooLargeError(reader.reading(), base, maxObjectBytes);
  }

  for await (const chunk of chunks) {
    if (base + end + chunk.length > maxBytes) throw new TooLargeError('the input', 0, maxBytes);
    if (end + chunk.length + PADDING > window.length) {
      window = scanner.widen(2 * (end + chunk.length) + PADDING);
    }
    window.set(chunk, end);
    end += chunk.length;
    if (end >= enough) read(false);
  }
  read(true);
  return reader.finish(base + end);
}
