import { link, mkdir, open, readFile, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDead, type ProcessIdentity } from './process-identity.ts';

/** How long to wait for others before giving up, in milliseconds. A turn lasts as long as one rename. */
const PATIENCE = 30_000;
const DIGITS = 12;

/** A turn that somebody took: its number, its owner's words, and whether it is over. */
interface Turn {
  readonly number: number;
  readonly words: string;
  readonly over: boolean;
}

export interface TurnLock {
  /** Waits for the turn; the answer ends it. */
  take(): Promise<() => Promise<void>>;
}

/**
 * Mutual exclusion between processes on one directory, which a process that was killed cannot keep.
 *
 * Turns are numbered. Turn n+1 is taken by creating file n+1, which only one can (link(2) is atomic), and only by who has seen that
 * turn n is over or its owner dead. The newest turn's file stays, so numbers only rise; whoever has the turn removes older ones,
 * in rising order. One who was slow may thus create a number that was used and removed long ago; but then the turn before it is
 * gone too, so whoever took a turn looks whether the one that it follows is still the one that it saw, and steps back if not.
 */
export function turnLock(directory: string, temporary: (contents: string) => Promise<string>, own: ProcessIdentity): TurnLock {
  const fileOf = (number: number): string => join(directory, String(number).padStart(DIGITS, '0'));

  async function begin(): Promise<void> {
    // Made whole and then moved, so that no one ever meets the directory without its first turn.
    const made = await temporary('');
    await rm(made);
    await mkdir(made, { mode: 0o700 });
    await writeFile(join(made, '0'.padStart(DIGITS, '0')), 'begin');
    await writeFile(join(made, `${'0'.padStart(DIGITS, '0')}.over`), '');
    try {
      await rename(made, directory);
    } catch (error) {
      await rm(made, { recursive: true, force: true });
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
  }

  async function newest(): Promise<Turn> {
    for (;;) {
      const names = await readdir(directory).catch(absent);
      if (!names) {
        await begin();
        continue;
      }
      const number = Math.max(...names.filter((name) => /^\d+$/.test(name)).map(Number));
      if (!Number.isFinite(number)) throw new Error(`${directory} was emptied by hand. Remove it when no audit is running; it is made again.`);
      const words = await readFile(fileOf(number), 'utf8').catch(absent);
      if (words === undefined) continue; // removed meanwhile: there is a newer one
      return { number, words, over: names.includes(`${String(number).padStart(DIGITS, '0')}.over`) };
    }
  }

  async function follow(turn: Turn, words: string): Promise<boolean> {
    const claim = await temporary(words);
    const file = fileOf(turn.number + 1);
    try {
      await link(claim, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(claim, { force: true });
    }
    if ((await readFile(fileOf(turn.number), 'utf8').catch(absent)) === turn.words) return true;
    await unlink(file).catch(absent);
    return false;
  }

  async function removeOlder(than: number): Promise<void> {
    const names = (await readdir(directory)).filter((name) => Number.parseInt(name, 10) < than).sort();
    for (const name of names) await unlink(join(directory, name)).catch(absent);
  }

  async function take(): Promise<() => Promise<void>> {
    let waited = 0;
    for (let delay = 2; ; delay = Math.min(delay * 2, 50)) {
      const turn = await newest();
      if (turn.over || isDead(ownerOf(turn), own)) {
        if (!(await follow(turn, JSON.stringify({ ...own, after: turn.number })))) continue;
        const mine = turn.number + 1;
        await removeOlder(mine);
        return async () => (await open(`${fileOf(mine)}.over`, 'a')).close();
      }
      if (waited > PATIENCE) {
        throw new Error(`${directory} is held by process ${ownerOf(turn).pid} for ${Math.round(waited / 1000)} s. If it runs no more (or ran in a container that is gone), remove ${directory} and try again.`);
      }
      await pause(delay);
      waited += delay;
    }
  }

  return { take };
}

function ownerOf(turn: Turn): ProcessIdentity {
  try {
    return JSON.parse(turn.words) as ProcessIdentity;
  } catch {
    throw new Error(`turn ${turn.number} of the store's lock cannot be read. Remove the store's .turns directory when no audit is running.`);
  }
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
