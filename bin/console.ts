import { escapeForTerminal, shortenForTerminal } from '../lambda/report/terminal/escape-for-terminal.ts';

/** What a command may touch of the process: the report goes to `out`, everything else to `note`. */
export interface Console {
  /** Writes to standard output as it is: the caller has escaped it. */
  out(text: string): Promise<void>;
  /** One line on standard error, escaped. */
  note(line: string): void;
  /** Standard error as it is, for a progress line. */
  raw(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Columns and rows of the terminal that standard output is; absent: it is none. */
  readonly terminal: { readonly columns: number; readonly rows: number } | undefined;
  /** Columns of the terminal that standard error is. */
  readonly errorColumns: number | undefined;
  readonly colour: boolean;
  now(): Date;
  /** What `onInterrupt` gives is called at the first Ctrl-C; the second ends the process at once. Returns the way back. */
  onInterrupt(handler: () => void): () => void;
}

/** Where it is not known: wide enough for a sentence, narrow enough for a log. */
const PIPED_COLUMNS = 100;
const PIPED_ROWS = 50;

export function columnsOf({ terminal }: Pick<Console, 'terminal'>): number {
  // Lines longer than this are hard to read, however wide the screen.
  return Math.min(Math.max(terminal?.columns ?? PIPED_COLUMNS, 20), 120);
}

/** How many items make one screen: an item takes about three lines, and the rest of a report about ten. */
export function itemsThatFit({ terminal }: Pick<Console, 'terminal'>): number {
  return Math.max(3, Math.floor(((terminal?.rows ?? PIPED_ROWS) - 10) / 3));
}

export function consoleOf(proc: NodeJS.Process): Console {
  const { stdout, stderr, env } = proc;
  return {
    out: (text) =>
      new Promise((resolve) => {
        stdout.write(text, () => resolve());
      }),
    note: (line) => void stderr.write(`${escapeForTerminal(shortenForTerminal(line))}\n`),
    raw: (text) => void stderr.write(text),
    env,
    terminal: stdout.isTTY ? { columns: stdout.columns || PIPED_COLUMNS, rows: stdout.rows || PIPED_ROWS } : undefined,
    errorColumns: stderr.isTTY ? stderr.columns || PIPED_COLUMNS : undefined,
    // https://no-color.org: present and not empty, whatever its value.
    colour: stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    now: () => new Date(),
    onInterrupt: (handler) => interruptible(proc, handler),
  };
}

function interruptible(proc: NodeJS.Process, handler: () => void): () => void {
  let asked = false;
  const listener = (): void => {
    if (asked) proc.exit(130);
    asked = true;
    handler();
  };
  proc.on('SIGINT', listener);
  return () => void proc.off('SIGINT', listener);
}
