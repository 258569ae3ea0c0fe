import { createGunzip, gunzipSync } from 'node:zlib';
import { DamagedObjectError } from './stored-json.ts';

/** Unpacked bytes at a time. */
const CHUNK = 256 * 1024;
/** Longest line, in bytes. Rows are capped when they are written: a longer one is none of ours, and must not take all memory. */
const LINE_CAP = 64 * 1024 ** 2;
/** Most that is unpacked, in bytes: a planted object must not keep a reader busy for ever. A first look at 10,000 clusters has less than 1 GiB. */
const UNPACKED_CAP = 16 * 1024 ** 3;
/** Packed objects up to so many bytes, and unpacked ones up to so many, are unpacked at once: a stream takes longer to set up. */
const SMALL = 16 * 1024;
const SMALL_UNPACKED = 1024 ** 2;
const NEWLINE = 0x0a;

/**
 * The values of an object of packed JSON lines, one after the other: neither its text nor all its values are ever held. Several
 * gzip members one after the other are one object. Throws `DamagedObjectError`, perhaps after some values.
 */
export async function* readJsonLines(key: string, body: Uint8Array): AsyncGenerator<unknown> {
  let parts: Buffer[] = [];
  let held = 0;
  let unpacked = 0;
  try {
    for await (const chunk of unpack(body)) {
      unpacked += chunk.byteLength;
      if (unpacked > UNPACKED_CAP) throw new Error(`it holds more than ${UNPACKED_CAP} bytes`);
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        const line = chunk.subarray(from, end);
        const whole = parts.length === 0 ? line : Buffer.concat([...parts, line]);
        parts = [];
        held = 0;
        from = end + 1;
        if (whole.byteLength > 0) yield parse(key, whole);
      }
      if (from === chunk.byteLength) continue;
      parts.push(chunk.subarray(from));
      held += chunk.byteLength - from;
      if (held > LINE_CAP) throw new Error(`a line is longer than ${LINE_CAP} bytes`);
    }
  } catch (error) {
    throw error instanceof DamagedObjectError ? error : new DamagedObjectError(key, error);
  }
  if (parts.length > 0) yield parse(key, Buffer.concat(parts));
}

function unpack(body: Uint8Array): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (body.byteLength <= SMALL) {
    try {
      return [gunzipSync(body, { maxOutputLength: SMALL_UNPACKED })];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error;
    }
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  gunzip.end(body);
  return gunzip as AsyncIterable<Buffer>;
}

function parse(key: string, line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (error) {
    throw new DamagedObjectError(key, error);
  }
}
