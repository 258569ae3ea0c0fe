import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generateFleet } from '../../scripts/generate-fleet.ts';

const FLEET = join(import.meta.dirname, '../../examples/fleet');
let made: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'eksaminer-fleet-'));
  generateFleet(made);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(directory, file)).isFile() && file !== 'README.md')
    .sort();
}

/** What a file says: a compressor of another version may write other bytes for the same text. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

test('the committed fleet is what `npm run fleet` writes', () => {
  const files = filesOf(made);
  expect(filesOf(FLEET)).toEqual(files);
  expect(files.filter((file) => textOf(join(FLEET, file)) !== textOf(join(made, file)))).toEqual([]);
});

test('it stays small enough to keep: less than 6 MB', () => {
  const bytes = filesOf(FLEET).reduce((sum, file) => sum + statSync(join(FLEET, file)).size, 0);
  expect(bytes).toBeLessThan(6_000_000);
});

test('no Secret is in it', () => {
  for (const file of filesOf(FLEET)) expect(textOf(join(FLEET, file))).not.toMatch(/"kind": "Secret"|^ *kind: Secret$/m);
});
