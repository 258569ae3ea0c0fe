import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
/** What the pinned packages have wheels for. */
const VERSIONS = [11, 12, 13, 14];

/**
 * A Python of a virtual environment with the pinned emulator, made on first use in `.emulator/` (10 s, 107 MB). A string says why there is none.
 * A finished environment is moved into place, so that one cut off half-way is never taken for it; its name is that of the pins.
 */
export function installEmulator(): { readonly python: string } | string {
  const pins = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const home = join(ROOT, '.emulator');
  const environment = join(home, pins);
  const python = join(environment, 'bin/python');
  if (existsSync(python)) return { python };
  const base = findPython();
  if (base === undefined) return `there is no Python 3.${VERSIONS[0]} to 3.${VERSIONS.at(-1)} with venv in PATH to run the emulator of AWS with: install python3 and python3-venv`;
  mkdirSync(home, { recursive: true });
  const draft = mkdtempSync(join(home, 'making-'));
  try {
    const made = run(base, ['-m', 'venv', draft]) ?? run(join(draft, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check',
      '--require-hashes', '--only-binary=:all:', '--no-deps', '--requirement', REQUIREMENTS]);
    if (made !== undefined) return `the emulator of AWS cannot be installed: ${made}`;
    // Another process may have been faster: its environment is as good.
    if (!existsSync(python)) renameSync(draft, environment);
    return { python };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The name of a command. */
function findPython(): string | undefined {
  const names = ['python3', ...VERSIONS.map((minor) => `python3.${minor}`)];
  return names.find((name) => {
    const { status, stdout } = spawnSync(name, ['-c', 'import sys, venv, ensurepip; print(sys.version_info[1] if sys.version_info[0] == 3 else 0)'], { encoding: 'utf8' });
    return status === 0 && VERSIONS.includes(Number(stdout.trim()));
  });
}

/** What went wrong, if anything did. */
function run(command: string, args: readonly string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return error.message;
  return status === 0 ? undefined : `${command} ${args.slice(0, 3).join(' ')}: exit code ${status}\n${(stdout + stderr).trim().slice(-2_000)}`;
}
