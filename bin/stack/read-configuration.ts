import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseConfiguration } from '../../lambda/configuration/parse-configuration.ts';
import type { Configuration } from '../../lambda/configuration/configuration.ts';

export const CONFIGURATION = 'eksaminer.yaml';
const EXAMPLE = join(import.meta.dirname, '../../examples', CONFIGURATION);

export interface FoundConfiguration {
  readonly configuration: Configuration;
  /** Nobody wrote one yet: this is the example's, good enough to look at what would be deployed. */
  readonly isExample: boolean;
}

/**
 * The configuration in this file; where none is named, `eksaminer.yaml` in the working directory, and where there is none, the example.
 * Throws `ConfigurationError` with every fault, and where a file that was named cannot be read.
 */
export function readConfiguration(file?: string): FoundConfiguration {
  const text = read(file ?? CONFIGURATION, file === undefined);
  if (text !== undefined) return { configuration: parseConfiguration(text, file ?? CONFIGURATION), isExample: false };
  return { configuration: parseConfiguration(readFileSync(EXAMPLE, 'utf8'), relative('.', EXAMPLE)), isExample: true };
}

function read(path: string, mayBeAbsent: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (mayBeAbsent && code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read (${code ?? 'unknown'}). Name the configuration with -c config=FILE, or write ${CONFIGURATION} here.`, { cause: error });
  }
}
