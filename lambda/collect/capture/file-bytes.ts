import { readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';

/** Large enough that the calls do not count, small enough that what was read is still near when it is looked at. */
const CHUNK_BYTES = 256 * 1024;
/** Some milliseconds. */
const CHUNKS_IN_A_ROW = 32;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** A file that is no text, or that a stream of bytes could not be made of: with what to do. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

/** What a file's first bytes (decompressed) show it to be. */
export type ContentKind = 'json' | 'yaml' | 'empty';

export interface FileContent {
  readonly kind: ContentKind;
  /** All bytes, decompressed. A chunk is overwritten once the next one is asked for. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Opens a file and tells by its content what it is. Throws UnreadableFileError, and what the system throws. `bytes` must be read to the end or returned. */
export async function openContent(path: string): Promise<FileContent> {
  const bytes = decompressed(path);
  const first = await bytes.next();
  if (first.done) return { kind: 'empty', bytes: nothing() };
  try {
    const kind = kindOf(first.value);
    if (kind === 'empty') await bytes.return(undefined);
    return { kind, bytes: rejoin(first.value, bytes) };
  } catch (error) {
    await bytes.return(undefined);
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* rejoin(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* decompressed(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const plain = bytesOf(file);
    const first = await plain.next();
    if (first.done) return;
    const all = rejoin(first.value, plain);
    yield* first.value[0] === GZIP_MAGIC[0] && first.value[1] === GZIP_MAGIC[1] ? gunzip(all) : all;
  } finally {
    await file.close();
  }
}

async function* bytesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, size + 1));
  let position = 0;
  for (let chunk = 1; ; chunk++) {
    // Here and not in a thread of its own, which would cost more than the copy out of the system's cache.
    const bytesRead = readSync(file.fd, buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
    // Signals, the progress line and other clusters have their turn.
    if (chunk % CHUNKS_IN_A_ROW === 0) await setImmediate();
    // A file that fitted whole has nothing more, unless it grew.
    if (bytesRead < buffer.length && position >= size) return;
  }
}

async function* gunzip(compressed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const copies = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of compressed) yield Buffer.from(chunk);
  };
  const source = Readable.from(copies(), { objectMode: false });
  const stream = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => stream.destroy(error));
  source.pipe(stream);
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'Z_BUF_ERROR') throw new UnreadableFileError('the compressed file ends too early. Was the copy cut off?');
    if (code?.startsWith('Z_')) throw new UnreadableFileError(`its compression is damaged (${(error as Error).message})`);
    throw error;
  } finally {
    source.destroy();
  }
}

function kindOf(head: Uint8Array): ContentKind {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new UnreadableFileError('it is text in UTF-16, as Windows PowerShell writes with ">". Write it again as UTF-8: … | Out-File -Encoding utf8');
  }
  if (head.includes(0)) throw new UnreadableFileError('it is binary, and neither JSON nor YAML');
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 4096)).toString('utf8').replace(/^\uFEFF/, '').trimStart();
  if (text === '' && head.length < 4096) return 'empty';
  return text.startsWith('{') ? 'json' : 'yaml';
}
