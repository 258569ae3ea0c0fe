import { parseAllDocuments } from 'yaml';
import { withCommas } from '../json/json-errors.ts';
import { UnreadableFileError } from './file-bytes.ts';

/** YAML is held whole and parsed slowly; larger lists are written as JSON. */
const MAX_BYTES = 64 * 2 ** 20;

/**
 * The documents of a YAML file as JSON text, one after the other, for the one reader that knows what to keep of them. Empty documents
 * are left out. Throws UnreadableFileError with line and column.
 */
export async function* yamlAsJson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const text = await textOf(bytes);
  const documents = parseAllDocuments(text, { logLevel: 'error', prettyErrors: false, uniqueKeys: true });
  for (const document of Array.isArray(documents) ? documents : []) {
    const fault = document.errors[0];
    if (fault) {
      if (isProse(text)) throw notObjects(text);
      const { line, column } = placeOf(text, fault.pos[0]);
      throw new UnreadableFileError(`not YAML at line ${withCommas(line)}, column ${column} (${reasonOf(fault)})`);
    }
    let value: unknown;
    let json = '';
    try {
      value = document.toJS({ maxAliasCount: 100 });
      // Here too: an alias may stand within what it names.
      json = JSON.stringify(value) ?? '';
    } catch (error) {
      throw new UnreadableFileError(`not YAML that can be read (${reasonOf(error as Error)})`);
    }
    if (value === null || value === undefined) continue;
    if (typeof value !== 'object') throw notObjects(String(value));
    yield Buffer.from(`${json}\n`);
  }
}

/** Sentences that a command writes into its output instead of objects ("Error from server (Forbidden): …") are no YAML of anybody's. */
function isProse(text: string): boolean {
  return !/^\s*(---|[#%[{]|- |["']?[\w./-]+["']?\s*:)/.test(text);
}

function notObjects(text: string): UnreadableFileError {
  return new UnreadableFileError(`it holds the text "${shortened(text)}" and no objects: is it what the command said instead of its output?`);
}

/** What the parser says, where it speaks of the file and not of itself. */
function reasonOf({ message }: Error): string {
  if (message.includes('call stack')) return 'it is nested too deeply';
  return message.startsWith('Converting circular structure') ? 'an alias stands within what it names' : message.split('\n')[0]!;
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new UnreadableFileError(`YAML files are read up to ${withCommas(MAX_BYTES)} bytes; write it with -o json, which is read at any size`);
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Text of a file in a message: one line, no control characters, not long. */
function shortened(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
