import { escapeForTerminal } from '../../lambda/report/terminal/escape-for-terminal.ts';
import { fitting } from '../../lambda/report/terminal/text-width.ts';
import type { Console } from '../console.ts';

/** Tells on standard error that something is going on, if it goes on for long. */
export interface Progress {
  /** What is being done about one target now. */
  tell(label: string, doing: string): void;
  /** The target is done. */
  done(label: string): void;
  /** Takes the live line away for something else to be said. */
  clear(): void;
  /** No more of it. */
  end(): void;
}

/** Shorter work than this needs no words. */
const LIVE_AFTER_MS = 400;
const LIVE_EVERY_MS = 100;
/** A log is read later: a line now and then is enough. */
const PLAIN_EVERY_MS = 10_000;

const SILENT: Progress = { tell: () => undefined, done: () => undefined, clear: () => undefined, end: () => undefined };

/** What progress needs of time. `every` calls until what it gave is called. */
export interface Ticks {
  /** Milliseconds. */
  now(): number;
  every(milliseconds: number, tick: () => void): () => void;
}

export const SYSTEM_TICKS: Ticks = {
  now: () => performance.now(),
  every(milliseconds, tick) {
    const timer = setInterval(tick, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** A live line on a terminal, a plain line every ten seconds elsewhere, nothing if quiet. */
export function createProgress(io: Pick<Console, 'raw' | 'note' | 'errorColumns' | 'env'>, targets: number, quiet: boolean, ticks: Ticks = SYSTEM_TICKS): Progress {
  if (quiet) return SILENT;
  const columns = io.env['CI'] ? undefined : io.errorColumns;
  const doing = new Map<string, string>();
  let finished = 0;
  let last = ticks.now() + (columns === undefined ? 0 : LIVE_AFTER_MS - LIVE_EVERY_MS);
  let drawn = false;

  function show(): void {
    const now = ticks.now();
    if (doing.size === 0) return;
    if (now - last < (columns === undefined ? PLAIN_EVERY_MS : LIVE_EVERY_MS)) return;
    last = now;
    const done = targets > 1 ? `${finished} of ${targets} done; ` : '';
    const text = escapeForTerminal(done + [...doing].map(([label, words]) => `${label}: ${words}`).join(', '));
    if (columns === undefined) io.note(`eksaminer: ${text}`);
    else {
      io.raw(`\r\x1b[K${fitting(text, columns - 1)}`);
      drawn = true;
    }
  }

  function clear(): void {
    if (drawn) io.raw('\r\x1b[K');
    drawn = false;
  }

  // One long file says nothing for long: time alone must move the line.
  const stop = ticks.every(columns === undefined ? 1_000 : LIVE_EVERY_MS, show);
  return {
    tell(label, words) {
      doing.set(label, words);
      show();
    },
    done(label) {
      doing.delete(label);
      finished += 1;
    },
    clear,
    end() {
      stop();
      clear();
    },
  };
}
