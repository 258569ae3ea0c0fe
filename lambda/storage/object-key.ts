import { InvalidKeyError } from './object-store.ts';

/** S3's limit, in UTF-8 bytes. */
const KEY_CAP = 1024;
/** Longest part between slashes once it is escaped: file systems allow 255 bytes. */
const PART_CAP = 240;
const PLAIN = /^[A-Za-z0-9_=~+-][A-Za-z0-9._=~+-]*$/;

/**
 * A key as a path relative to a directory, parts joined by slashes. Bytes that are not plain are written `%XX`, and so is a leading
 * dot: names with one are the store's own. Throws `InvalidKeyError` for keys that not every store can hold.
 */
export function keyToPath(key: string): string {
  // A lone half of a surrogate pair has no UTF-8 bytes: two such keys would share one file.
  if (!key.isWellFormed() || Buffer.byteLength(key) > KEY_CAP) throw new InvalidKeyError(`${JSON.stringify(key.slice(0, 80))} is not well-formed text of at most ${KEY_CAP} bytes`);
  return key
    .split('/')
    .map((part) => {
      if (part === '' || part === '.' || part === '..') throw new InvalidKeyError(`${JSON.stringify(key)} has a part that is empty, "." or ".."`);
      const escaped = PLAIN.test(part) ? part : escapePart(part);
      if (escaped.length > PART_CAP) throw new InvalidKeyError(`${JSON.stringify(key.slice(0, 80))} has a part that is too long for a file name`);
      return escaped;
    })
    .join('/');
}

function escapePart(part: string): string {
  let escaped = '';
  for (const [index, byte] of Buffer.from(part).entries()) {
    const character = String.fromCharCode(byte);
    const plain = /[A-Za-z0-9._=~+-]/.test(character) && !(index === 0 && character === '.');
    escaped += plain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}

/** The part of a key that a file name stands for; `undefined` for a file that no key has made. */
export function partOfName(name: string): string | undefined {
  if (name.startsWith('.')) return undefined;
  let part: string;
  try {
    part = decodeURIComponent(name);
  } catch {
    return undefined;
  }
  // Only the one way of writing it that keyToPath has: an editor's copy `a%62` is not the key `ab`.
  if (part.includes('/') || part === '' || part === '.' || part === '..') return undefined;
  return (PLAIN.test(part) ? part : escapePart(part)) === name ? part : undefined;
}

/** S3's order: by UTF-8 bytes, which is by code points. (UTF-16 order, that of `<`, differs above U+D7FF.) */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
