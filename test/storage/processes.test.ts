import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, describe, expect, test } from '@jest/globals';
import { directoryStore } from '../../lambda/storage/directory-store.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';

const base = mkdtempSync(join(tmpdir(), 'eksaminer-processes-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let stores = 0;
const directory = (): string => join(base, String(++stores));
const WORKER = join(import.meta.dirname, 'store-worker.ts');

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly output: string;
}

function worker(args: readonly string[], onLine?: (kill: () => void) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(execPath, ['--no-warnings', WORKER, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      onLine?.(() => child.kill('SIGKILL'));
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}

async function textOf(store: ObjectStore, key: string): Promise<string | undefined> {
  const object = await store.get(key);
  return object && Buffer.from(object.body).toString();
}

const A = 'A'.repeat(100_000);
const B = 'B'.repeat(100_000);
const N = 'N'.repeat(100_000);

async function withOld(root: string): Promise<ObjectStore> {
  const store = directoryStore(root);
  await store.put('old', Buffer.from(A));
  return store;
}

/** Everything is whole, and others can go on at once. */
async function assertUsable(root: string): Promise<{ old: string | undefined; created: string | undefined }> {
  const store = directoryStore(root);
  const seen = (await store.get('old'))!;
  const [old, created] = [Buffer.from(seen.body).toString(), await textOf(store, 'folder/new')];
  expect([A, B]).toContain(old);
  expect([undefined, N]).toContain(created);
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  expect(keys).toEqual(created === undefined ? ['old'] : ['folder/new', 'old']);
  await store.put('old', Buffer.from('next'), { ifMatch: seen.etag });
  if (created === undefined) await store.put('folder/new', Buffer.from('next'), { ifNoneMatch: '*' });
  expect(readdirSync(join(root, '.temporary'))).toEqual([]);
  return { old, created };
}

describe('processes that are killed', () => {
  test('before any call of the file system: what was there or what was put is there, whole, and nobody waits for the dead', async () => {
    const ends = new Set<string>();
    let finished = false;
    for (let call = 1; !finished; call += 2) {
      // Two at a time: starting a process is what takes time here.
      await Promise.all(
        [call, call + 1].map(async (each) => {
          const root = directory();
          await withOld(root);
          const { signal, code } = await worker(['die', root, String(each)]);
          const { old, created } = await assertUsable(root);
          if (code === 0) finished = true;
          else expect(signal).toBe('SIGKILL');
          ends.add(`${old![0]} ${created?.[0]}`);
        }),
      );
      expect(call).toBeLessThan(100);
    }
    // It was killed before the one, between the two, and after both.
    expect([...ends].sort()).toEqual(['A undefined', 'B N', 'B undefined']);
  }, 60_000);

  test('anywhere, also while they write', async () => {
    const root = directory();
    await withOld(root);
    for (const lines of [1, 3, 6]) {
      let seen = 0;
      const { signal } = await worker(['churn', root], (kill) => {
        if (++seen === lines) kill();
      });
      expect(signal).toBe('SIGKILL');
      const store = directoryStore(root);
      expect([A, B]).toContain(await textOf(store, 'old'));
      await store.put('old', Buffer.from(A));
    }
    expect(readdirSync(join(root, '.temporary'))).toEqual([]);
  }, 60_000);
});

describe('processes side by side', () => {
  test('compare and swap: no count is lost', async () => {
    const root = directory();
    await directoryStore(root).put('count', Buffer.from('0'));
    const ends = await Promise.all(Array.from({ length: 3 }, () => worker(['count', root, '40'])));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(await textOf(directoryStore(root), 'count')).toBe('120');
  }, 60_000);

  test('create: each key is created by exactly one', async () => {
    const root = directory();
    const ends = await Promise.all(Array.from({ length: 3 }, () => worker(['create', root, '100'])));
    expect(ends.map(({ output }) => Number(output)).reduce((a, b) => a + b, 0)).toBe(100);
  }, 60_000);
});

describe('turns', () => {
  test('a turn of a process that lives is waited for, one whose owner died is not; few files stay', async () => {
    const root = directory();
    const store = directoryStore(root);
    for (let count = 0; count < 5; count++) await store.put('k', Buffer.from(String(count)));
    expect(readdirSync(join(root, '.turns')).length).toBeLessThanOrEqual(3);
    // A process id that is ours, but started at another time: the number was used again.
    const newest = Math.max(...readdirSync(join(root, '.turns')).map((name) => Number.parseInt(name, 10)));
    const { ownIdentity } = await import('../../lambda/storage/process-identity.ts');
    writeFileSync(join(root, '.turns', String(newest + 1).padStart(12, '0')), JSON.stringify({ ...ownIdentity(), started: '1' }));
    await store.put('k', Buffer.from('after'));
    expect(await textOf(store, 'k')).toBe('after');
    // Before the machine was started again.
    writeFileSync(join(root, '.turns', String(newest + 3).padStart(12, '0')), JSON.stringify({ ...ownIdentity(), boot: 'before' }));
    await store.put('k', Buffer.from('later'));
    expect(await textOf(store, 'k')).toBe('later');
  });

  test('a turns directory that was emptied by hand is an error that says what to do', async () => {
    const root = directory();
    const store = directoryStore(root);
    await store.put('k', Buffer.from('1'));
    for (const name of readdirSync(join(root, '.turns'))) rmSync(join(root, '.turns', name));
    await expect(store.put('k', Buffer.from('2'))).rejects.toThrow('was emptied by hand. Remove it when no audit is running; it is made again.');
    rmSync(join(root, '.turns'), { recursive: true });
    await store.put('k', Buffer.from('2'));
    expect(await textOf(store, 'k')).toBe('2');
  });
});
