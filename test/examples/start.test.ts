import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

test('npm start shows the baseline, then the changes, then what to try, and leaves nothing behind', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'eksaminer-start-test-'));
  try {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/start.ts'], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, TMPDIR: temporary, TEMP: temporary, NO_COLOR: '1' } });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const [, dayOne, dayTwo, next] = /^== Day 1:(.*)^== Day 2:(.*)^(Try next.*)$/ms.exec(stdout)!;
    expect(dayOne).toMatch(/^Baseline of 3 clusters: \d+ findings /m);
    expect(dayTwo).toMatch(/^5 opened {2}2 worsened {2}2 resolved /m);
    expect(dayTwo!.match(/^(opened|resolved|worsened|eased|reopened) .*/gm)).toHaveLength(7);
    expect(next).toContain('examples/fleet/README.md');
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}, 60_000);
