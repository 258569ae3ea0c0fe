import { createReadStream, existsSync, readFileSync, type ReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createGunzip, type Gunzip } from 'node:zlib';
import { network } from './network.ts';
import { identity } from './identity.ts';
import { pss } from './pss.ts';
import { rbac } from './rbac.ts';
import type { VectorFile, VectorKind } from './vector-kind.ts';

/** Kinds of vectors by name. */
const VECTOR_KINDS: ReadonlyMap<string, VectorKind> = new Map([
  ['rbac', rbac],
  ['identity', identity],
  ['network', network],
  ['pss', pss],
]);

interface Count {
  passed: number;
  failed: number;
}

/**
 * Puts every vector file of a directory to the product's engine. Prints each disagreement, what was skipped, counts by kind of verdict and
 * a total. True: there was something to judge, all of it agreed, and nothing was skipped.
 */
export async function runVectors(kindName: string, directory: string, print: (line: string) => void): Promise<boolean> {
  const kind = VECTOR_KINDS.get(kindName);
  if (!kind) {
    print(`vectors: "${kindName}" is none of ${[...VECTOR_KINDS.keys()].join(', ')}`);
    return false;
  }
  let names: readonly string[];
  try {
    names = (await readdir(directory, { recursive: true, withFileTypes: true }))
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    print(`vectors: ${directory} cannot be read (${error instanceof Error ? error.message : String(error)})`);
    return false;
  }

  const counts = new Map<string, Count>();
  let skipped = 0;
  for (const part of kind.parts ?? []) {
    if (!names.some((path) => kind.isCaseFile(basename(path)) && basename(path).startsWith(part))) print(`vectors: there are no ${part}* files in ${directory}`);
  }
  for (const path of names) {
    const name = basename(path);
    const word = kind.companionWord?.(name);
    if (kind.isCaseFile(name)) await judgeFile(kind, path, counts, print);
    else if (word !== undefined) print(`no verdicts in ${path}: ${word}`);
    else if (name !== 'README.md') {
      skipped += 1;
      print(`skipped: ${path} is no file of ${kindName} vectors that this runner knows`);
    }
  }

  const total: Count = { passed: 0, failed: 0 };
  for (const [kindOfVerdict, { passed, failed }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    print(`${kindOfVerdict}: ${passed} passed, ${failed} failed`);
    total.passed += passed;
    total.failed += failed;
  }
  if (total.passed + total.failed === 0) print(`vectors: there is no ${kindName} vector in ${directory}`);
  print(`${total.passed} passed, ${total.failed} failed`);
  return total.passed > 0 && total.failed === 0 && skipped === 0;
}

async function judgeFile(kind: VectorKind, path: string, counts: Map<string, Count>, print: (line: string) => void): Promise<void> {
  const count = (of: string): Count => {
    const known = counts.get(of) ?? { passed: 0, failed: 0 };
    counts.set(of, known);
    return known;
  };
  let number = 0;
  const file = vectorFile(path);
  try {
    for await (const line of linesOf(path)) {
      number += 1;
      if (line.trim() === '') continue;
      for await (const { kind: of, case: name, expected, got } of kind.judge(JSON.parse(line), file)) {
        if (expected === got) count(of).passed += 1;
        else {
          count(of).failed += 1;
          print(`${path}: ${name}: ${of}: expected ${expected}, got ${got}`);
        }
      }
    }
  } catch (error) {
    count('unreadable').failed += 1;
    print(`${path}: line ${Math.max(number, 1)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function vectorFile(path: string): VectorFile {
  const read = new Map<string, unknown>();
  return {
    name: basename(path),
    companion(name) {
      const beside = join(dirname(path), name);
      if (!read.has(name)) read.set(name, existsSync(beside) ? (JSON.parse(readFileSync(beside, 'utf8')) as unknown) : undefined);
      return read.get(name);
    },
  };
}

async function* linesOf(path: string): AsyncIterable<string> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? gunzipped(file) : file;
  let rest = '';
  for await (const chunk of text.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}

function gunzipped(file: ReadStream): Gunzip {
  const plain = createGunzip();
  // An error of the file must reach whoever reads the lines.
  file.on('error', (error) => plain.destroy(error));
  return file.pipe(plain);
}
