import { readFileSync } from 'node:fs';

/** A file of JSON that the stack puts beside the bundle. */
export function readBeside(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}
