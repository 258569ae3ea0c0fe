/** One thing that is wrong in `eksaminer.yaml`. */
export interface ConfigurationFault {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Where in the configuration: `routes[0].email[1]`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, and what is expected. */
  readonly message: string;
}

/** A file may hold nothing but faults: no reader looks at more than these. */
const SHOWN = 50;

/** A configuration that cannot be used. Its message has a line `file:line:column path: what is wrong` for each fault, in the order of the file. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly file: string;
  readonly faults: readonly ConfigurationFault[];

  constructor(file: string, faults: readonly ConfigurationFault[]) {
    const sorted = [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
    const lines = sorted.slice(0, SHOWN).map(({ line, column, path, message }) => `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`);
    if (sorted.length > SHOWN) lines.push(`${file}: and ${sorted.length - SHOWN} more`);
    super(lines.join('\n'));
    this.file = file;
    this.faults = sorted;
  }
}
