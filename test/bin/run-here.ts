import { execute } from '../../bin/command-line.ts';
import type { Console } from '../../bin/console.ts';
import { escapeForTerminal } from '../../lambda/report/terminal/escape-for-terminal.ts';
import type { Ran } from './run-cli.ts';

/** Runs the command line in this process: quicker than one of its own, and all that it is but streams, signals and exit. */
export async function runHere(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const io: Console = {
    out: (text) => {
      stdout += text;
      return Promise.resolve();
    },
    note: (line) => void (stderr += `${escapeForTerminal(line)}\n`),
    raw: (text) => void (stderr += text),
    env,
    terminal: undefined,
    errorColumns: undefined,
    colour: false,
    now: () => new Date(),
    onInterrupt: () => () => undefined,
  };
  const code = await execute(args, io);
  return { code, signal: null, stdout, stderr };
}
