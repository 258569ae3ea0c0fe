import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { directoryStore } from '../../lambda/storage/directory-store.ts';
import { InvalidKeyError, type ObjectStore } from '../../lambda/storage/object-store.ts';
import { objectStoreContract } from './object-store-contract.ts';

const base = mkdtempSync(join(tmpdir(), 'eksaminer-store-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let stores = 0;
const directory = (): string => join(base, String(++stores));

describe('the directory store', () => objectStoreContract(() => Promise.resolve(directoryStore(directory()))));

async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

describe('on the disk', () => {
  test('files lie where the keys say, for nobody but the owner, and cannot be committed by accident', async () => {
    const root = directory();
    await directoryStore(root).put('history/changes/dt=2026-11-21/000000000001-01K.jsonl.gz', Buffer.from('x'));
    expect(readFileSync(join(root, 'history/changes/dt=2026-11-21/000000000001-01K.jsonl.gz'), 'utf8')).toBe('x');
    expect(statSync(root).mode & 0o077).toBe(0);
    expect(statSync(join(root, 'history/changes/dt=2026-11-21/000000000001-01K.jsonl.gz')).mode & 0o077).toBe(0);
    expect(readFileSync(join(root, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('a directory that was there keeps its own .gitignore', async () => {
    const root = directory();
    mkdirSync(root);
    await directoryStore(root).put('a', Buffer.from('x'));
    expect(readdirSync(root).includes('.gitignore')).toBe(false);
  });

  test('a write that fails halfway leaves nothing of itself', async () => {
    const root = directory();
    const store = directoryStore(root);
    // No disk is full here; what fails is the same call.
    const pieces = (function* () {
      yield Buffer.from('half');
      throw new Error('ENOSPC: no space left on device, write');
    })();
    await expect(store.put('a', pieces as unknown as Uint8Array)).rejects.toThrow('no space left');
    expect(readdirSync(join(root, '.temporary'))).toEqual([]);
    expect(await keysOf(store)).toEqual([]);
    await store.put('a', Buffer.from('whole'));
    expect(Buffer.from((await store.get('a'))!.body).toString()).toBe('whole');
  });

  test('reading makes nothing', async () => {
    const root = directory();
    const store = directoryStore(root);
    expect(await store.get('a')).toBeUndefined();
    expect(await keysOf(store)).toEqual([]);
    expect(readdirSync(base).includes(String(stores))).toBe(false);
  });

  test('no temporary file is left after a put, whether it succeeded or not', async () => {
    const root = directory();
    const store = directoryStore(root);
    const { etag } = await store.put('a', Buffer.from('1'));
    await store.put('a', Buffer.from('2'), { ifMatch: etag });
    await expect(store.put('a', Buffer.from('3'), { ifMatch: etag })).rejects.toThrow('a is not as the writer expected it');
    await expect(store.put('a', Buffer.from('3'), { ifNoneMatch: '*' })).rejects.toThrow('a is not as the writer expected it');
    expect(readdirSync(join(root, '.temporary'))).toEqual([]);
  });

  test("others' files and links are no objects", async () => {
    const root = directory();
    const store = directoryStore(root);
    await store.put('a/b', Buffer.from('x'));
    writeFileSync(join(root, '.DS_Store'), 'x');
    writeFileSync(join(root, 'a', 'with space'), 'x');
    writeFileSync(join(root, 'a', '%zz'), 'x');
    writeFileSync(join(root, 'a', '%62'), 'x');
    symlinkSync('/etc/hosts', join(root, 'a', 'link'));
    expect(await keysOf(store)).toEqual(['a/b']);
  });

  test('a key that goes on where another ends is refused', async () => {
    const store = directoryStore(directory());
    await store.put('a', Buffer.from('x'));
    await expect(store.put('a/b', Buffer.from('x'))).rejects.toThrow(InvalidKeyError);
    await store.put('c/d', Buffer.from('x'));
    await expect(store.put('c', Buffer.from('x'))).rejects.toThrow();
  });

  test('what cannot be read is an error, never absent', async () => {
    const root = directory();
    const store = directoryStore(root);
    await store.put('a/b', Buffer.from('x'));
    rmSync(join(root, 'a/b'));
    symlinkSync('b', join(root, 'a/b'));
    await expect(store.get('a/b')).rejects.toThrow('ELOOP');
  });
});
