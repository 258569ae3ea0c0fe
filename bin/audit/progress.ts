import { escapeForTerminal } from '../../lambda/report/terminal/escape-for-terminal.ts';
import { fitting } from '../../lambda/report/terminal/text-width.ts';
import type { Console } from '../console.ts';

/** Tells on standard error that something is going on, if it goes on for long. */
export interface Progress {
  /** What is being done about one target now. */
  tell(label: string, doing: string): void;
  /** The target is done. */
  done(label: string): void;
  /** Takes the live line away. */
  end(): void;
}

/** Shorter work than this needs no words. */
const LIVE_AFTER_MS = 400;
const LIVE_EVERY_MS = 100;
/** A log is read later: a line now and then is enough. */
const PLAIN_EVERY_MS = 10_000;

const SILENT: Progress = { tell: () => undefined, done: () => undefined, end: () => undefined };

/** A live line on a terminal, a plain line every ten seconds elsewhere, nothing if quiet. `clock` gives milliseconds. */
export function createProgress(io: Pick<Console, 'raw' | 'note' | 'errorColumns' | 'env'>, targets: number, quiet: boolean, clock: () => number): Progress {
  if (quiet) return SILENT;
  const columns = io.env['CI'] ? undefined : io.errorColumns;
  const doing = new Map<string, string>();
  let finished = 0;
  let last = clock() + (columns === undefined ? 0 : LIVE_AFTER_MS - LIVE_EVERY_MS);
  let drawn = false;

  function show(): void {
    const now = clock();
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

  return {
    tell(label, words) {
      doing.set(label, words);
      show();
    },
    done(label) {
      doing.delete(label);
      finished += 1;
    },
    end() {
      if (drawn) io.raw('\r\x1b[K');
      drawn = false;
    },
  };
}
