import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inTemporaryDirectory } from '../bin/run-cli.ts';
import { writeTinyCapture } from '../bin/tiny-capture.ts';

const ROOT = join(import.meta.dirname, '../..');
const PATIENCE = 60_000;

test('runs from any directory by the checkout’s own Node, whatever Node the machine has; paths are those of where it was typed', () =>
  inTemporaryDirectory(async (elsewhere) => {
    writeTinyCapture(join(elsewhere, 'prod'), 'prod');
    const args = [join(ROOT, 'bin/eksaminer.ts'), 'audit', '--from', 'prod', '--store', 'kept here', '--quiet'];
    const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/node'), args, { cwd: elsewhere, encoding: 'utf8', env: { HOME: elsewhere, PATH: '/nonexistent' } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('\nKept in kept here/. The next run shows only what changed.\n');
    expect(existsSync(join(elsewhere, 'kept here/seals/000000000001.json'))).toBe(true);
  }), PATIENCE);
