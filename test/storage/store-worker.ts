/**
 * A process of its own that works on a directory store, for tests of what happens between processes.
 *
 *   node store-worker.ts count DIRECTORY TIMES     adds one to the number under `count`, by compare and swap
 *   node store-worker.ts create DIRECTORY KEYS     creates keys 1 to KEYS unless they are there; prints how many it created
 *   node store-worker.ts die DIRECTORY CALL        replaces `old` and creates `new`, and is killed before that call of the file system
 *   node store-worker.ts churn DIRECTORY           replaces `old` for ever; prints a line each time
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { argv, exit, kill, pid, stdout } from 'node:process';
import { PreconditionFailedError } from '../../lambda/storage/object-store.ts';

const [, , what, directory = '', number = '0'] = argv;
const CALLS = ['link', 'mkdir', 'open', 'readFile', 'readdir', 'rename', 'rm', 'unlink', 'writeFile'] as const;

function dieBefore(call: number): void {
  let calls = 0;
  for (const name of CALLS) {
    const original = fs[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(fs, {
      [name]: (...args: unknown[]) => {
        if (++calls === call) kill(pid, 'SIGKILL');
        return original(...args);
      },
    });
  }
  syncBuiltinESMExports();
}

if (what === 'die') dieBefore(Number(number));
const { directoryStore } = await import('../../lambda/storage/directory-store.ts');
const store = directoryStore(directory);

async function replaceCount(key: string, next: (text: string) => string): Promise<void> {
  for (;;) {
    const seen = (await store.get(key))!;
    try {
      await store.put(key, Buffer.from(next(Buffer.from(seen.body).toString())), { ifMatch: seen.etag });
      return;
    } catch (error) {
      if (!(error instanceof PreconditionFailedError)) throw error;
    }
  }
}

if (what === 'count') {
  for (let times = 0; times < Number(number); times++) await replaceCount('count', (text) => String(Number(text) + 1));
} else if (what === 'create') {
  let created = 0;
  for (let key = 1; key <= Number(number); key++) {
    try {
      await store.put(`keys/${key}`, Buffer.from(String(pid)), { ifNoneMatch: '*' });
      created++;
    } catch (error) {
      if (!(error instanceof PreconditionFailedError)) throw error;
    }
  }
  stdout.write(String(created));
} else if (what === 'die') {
  await replaceCount('old', () => 'B'.repeat(100_000));
  await store.put('folder/new', Buffer.from('N'.repeat(100_000)), { ifNoneMatch: '*' });
  exit(0);
} else if (what === 'churn') {
  for (;;) {
    await replaceCount('old', (text) => (text.startsWith('A') ? 'B' : 'A').repeat(100_000));
    stdout.write('.\n');
  }
}
