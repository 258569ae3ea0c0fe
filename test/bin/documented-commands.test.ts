import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runHere } from './run-here.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A command as a page shows it: at the beginning of a line, up to a comment. */
const SHOWN = /^(?:npx )?eksaminer ([a-z]+(?:-[a-z]+)*)\b([^#\n]*)/gm;

describe('every command that a page shows', () => {
  for (const page of ['README.md', 'docs/command-line.md', 'docs/permissions.md', 'examples/fleet/README.md']) {
    test(`${page} has options that there are`, async () => {
      for (const [line, command = '', rest = ''] of readFileSync(join(ROOT, page), 'utf8').matchAll(SHOWN)) {
        const { code, stdout } = await runHere([command, '--help']);
        expect({ line, code, known: stdout.startsWith(`Usage: eksaminer ${command} `) }).toEqual({ line, code: 0, known: true });
        for (const option of rest.match(/--[a-z-]+/g) ?? []) expect({ line, known: option === '--help' || stdout.includes(` ${option} `) }).toEqual({ line, known: true });
      }
    });
  }
});
