import { createHash } from 'node:crypto';
import { appendFile, link, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { keyToPath } from './object-key.ts';
import { listDirectory } from './list-directory.ts';
import { InvalidKeyError, PreconditionFailedError, type ListedObject, type ObjectStore, type PutCondition, type StoredObject } from './object-store.ts';
import { isDead, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { turnLock, type TurnLock } from './turn-lock.ts';

/** Findings say where a cluster is weak: nobody but the owner reads them. */
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * A store in a directory of a local file system (one with hard links). A file is written beside its place, synced, and then moved
 * there, so it is there whole or not at all, whenever the process is killed. Created by link(2), which only one can; replaced only
 * by who has the turn (`turn-lock.ts`), so that nobody replaces what he has not seen. Reading makes no file.
 */
export function directoryStore(directory: string): ObjectStore {
  const root = resolve(directory);
  const own = ownIdentity();
  const temporaries = join(root, '.temporary');
  let files = 0;
  let prepared: Promise<void> | undefined;
  let lock: TurnLock | undefined;
  // Within this process turns are waited for in memory.
  let last: Promise<unknown> = Promise.resolve();

  async function writeTemporary(body: Uint8Array | string): Promise<string> {
    const path = join(temporaries, `${own.host}-${own.boot || '0'}-${own.pid}-${own.started || '0'}_${++files}`);
    const file = await open(path, 'wx', FILE_MODE);
    try {
      await file.writeFile(body);
      await file.sync();
    } catch (error) {
      // On a full disk what was written of it is in the way of everything else.
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return path;
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    lock ??= turnLock(join(root, '.turns'), writeTemporary, own);
    const { take } = lock;
    const result = last.then(async () => {
      const end = await take();
      try {
        return await work();
      } finally {
        await end();
      }
    });
    last = result.catch(() => undefined);
    return result;
  }

  async function put(key: string, body: Uint8Array, condition?: PutCondition): Promise<{ readonly etag: string }> {
    const path = join(root, keyToPath(key));
    prepared ??= prepare(root, temporaries, own);
    await prepared;
    await makeDirectory(dirname(path), root, key);
    const temporary = await writeTemporary(body);
    try {
      if (condition && 'ifNoneMatch' in condition) await create(temporary, path, key);
      else await inTurn(() => replace(temporary, path, key, condition?.ifMatch));
    } finally {
      await rm(temporary, { force: true });
    }
    await syncDirectory(dirname(path));
    return { etag: etagOf(body) };
  }

  return { get: (key) => read(join(root, keyToPath(key))), put, list: (prefix, options) => list(root, prefix, options?.startAfter) };
}

async function create(temporary: string, path: string, key: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new PreconditionFailedError(key);
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EMLINK') {
      throw new Error(`${path}: this file system has no hard links, which the store needs so that two runs cannot overwrite each other. Keep the store on another one (--store).`, { cause: error });
    }
    throw error;
  }
}

async function replace(temporary: string, path: string, key: string, ifMatch: string | undefined): Promise<void> {
  if (ifMatch !== undefined && (await read(path))?.etag !== ifMatch) throw new PreconditionFailedError(key);
  try {
    await rename(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') throw new InvalidKeyError(`${key} is the beginning of other keys`, { cause: error });
    throw error;
  }
}

async function read(path: string): Promise<StoredObject | undefined> {
  try {
    const body = await readFile(path);
    return { body, etag: etagOf(body) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

async function* list(root: string, prefix: string, startAfter: string | undefined): AsyncGenerator<ListedObject> {
  for await (const { key, path } of listDirectory(root, prefix, startAfter)) {
    const object = await read(path);
    if (object) yield { key, etag: object.etag, size: object.body.byteLength };
  }
}

/** Of the content: a writer who puts the same bytes again disturbs nobody. */
function etagOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

async function prepare(root: string, temporaries: string, own: ProcessIdentity): Promise<void> {
  if (await mkdir(root, { recursive: true, mode: DIRECTORY_MODE })) {
    // In a working copy the record of findings must not be committed by accident.
    await appendFile(join(root, '.gitignore'), '*\n', { mode: FILE_MODE });
  }
  await mkdir(temporaries, { recursive: true, mode: DIRECTORY_MODE });
  for (const name of await readdir(temporaries)) {
    const [host = '', boot = '', pid = '', started = ''] = identityParts(name);
    const other = { host, boot: boot === '0' ? '' : boot, pid: Number(pid), started: started === '0' ? '' : started };
    if (Number.isSafeInteger(other.pid) && other.pid > 0 && isDead(other, own)) await rm(join(temporaries, name), { recursive: true, force: true });
  }
}

function identityParts(name: string): readonly string[] {
  // The boot id holds dashes itself.
  const match = /^([0-9a-f]+)-(.+)-(\d+)-(\d+)_\d+$/.exec(name);
  return match ? match.slice(1) : [];
}

async function makeDirectory(path: string, root: string, key: string): Promise<void> {
  let made: string | undefined;
  try {
    made = await mkdir(path, { recursive: true, mode: DIRECTORY_MODE });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTDIR' && code !== 'EEXIST') throw error;
    throw new InvalidKeyError(`${key} goes on where another key ends`, { cause: error });
  }
  if (made === undefined) return;
  // A new directory outlives a power cut only when the one that holds it is synced too.
  for (let at = dirname(path); relative(root, at) === '' || !relative(root, at).startsWith('..'); at = dirname(at)) {
    await syncDirectory(at);
    if (at === dirname(made) || at === root) break;
  }
}

async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return; // directories cannot be opened there
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Whether there is such a directory, without making one. */
export async function storeExists(directory: string): Promise<boolean> {
  try {
    return (await stat(directory)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
