import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson } from './canonical-json.ts';

/** Largest object that is unpacked, in bytes: a damaged or planted file must not take all memory. */
const UNPACKED_CAP = 1024 ** 3;
/** Fixed: another level gives other bytes. */
const LEVEL = 3;
/** RFC 1952: byte 9 names the system that packed it; 255 is "unknown", the same on every machine. Node leaves the time (bytes 4 to 7) zero. */
const SYSTEM_BYTE = 9;

/** An object of the store that is not what was written there. */
export class DamagedObjectError extends Error {
  override readonly name = 'DamagedObjectError';

  constructor(key: string, cause: unknown) {
    super(`${key} in the store is damaged: ${(cause as Partial<Error>).message ?? String(cause)}. Restore it from a copy of the store`, { cause });
  }
}

export function toJson(value: unknown): Uint8Array {
  return Buffer.from(`${canonicalJson(value)}\n`);
}

/** Throws `DamagedObjectError`, as do the others that read. */
export function fromJson(key: string, body: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(body));
  } catch (error) {
    throw new DamagedObjectError(key, error);
  }
}

export function toJsonGzip(value: unknown): Uint8Array {
  return packText(`${canonicalJson(value)}\n`);
}

export function fromJsonGzip(key: string, body: Uint8Array): unknown {
  return fromJson(key, unpack(key, body));
}

/** One value a line. */
export function toJsonLines(values: readonly unknown[]): Uint8Array {
  return Buffer.from(lines(values));
}

export function toJsonLinesGzip(values: readonly unknown[]): Uint8Array {
  return packText(lines(values));
}

export function fromJsonLines(key: string, body: Uint8Array): unknown[] {
  return textOf(body)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => fromJson(key, Buffer.from(line)));
}

export function fromJsonLinesGzip(key: string, body: Uint8Array): unknown[] {
  return fromJsonLines(key, unpack(key, body));
}

export function sha256(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Without a copy of the bytes. */
function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}

function lines(values: readonly unknown[]): string {
  return values.map((value) => `${canonicalJson(value)}\n`).join('');
}

/** One gzip member: the same text gives the same bytes on every machine. */
export function packText(text: string): Uint8Array {
  const packed = gzipSync(text, { level: LEVEL });
  packed[SYSTEM_BYTE] = 255;
  // What zlib answers lies in a buffer of 16 KB or more, which would be held as long as a few bytes of it.
  return new Uint8Array(packed);
}

/** Throws `DamagedObjectError`. */
export function unpack(key: string, body: Uint8Array): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: UNPACKED_CAP });
  } catch (error) {
    throw new DamagedObjectError(key, error);
  }
}
