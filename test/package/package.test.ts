import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from '../../scripts/build.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Long, because npm fetches what the package depends on; nothing here depends on how long it takes. */
const PATIENCE = 300_000;
let work: string;
let home: string;

/** The Node of these tests comes first, and none of the checkout's own commands after it. npm's advice about the machine stays out of stderr. */
function environment(): NodeJS.ProcessEnv {
  const elsewhere = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_OPTIONS$/i.test(name));
  return { ...Object.fromEntries(kept), npm_config_loglevel: 'error', PATH: [dirname(process.execPath), ...elsewhere].join(delimiter) };
}

function run(command: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  return spawnSync(command, args, { cwd, encoding: 'utf8', env: environment() });
}

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'eksaminer-package-'));
  home = join(work, 'home');
  mkdirSync(home);
  build(join(work, 'dist'));
  const packed = run('npm', ['pack', join(work, 'dist'), '--pack-destination', work], work);
  if (packed.status !== 0) throw new Error(packed.stderr);
  writeFileSync(join(home, 'package.json'), '{"name":"somebody","private":true}');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const installed = run('npm', ['install', join(work, `eksaminer-${version}.tgz`), '--no-audit', '--no-fund', '--prefer-offline'], home);
  if (installed.status !== 0) throw new Error(installed.stderr);
}, PATIENCE);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the package, installed in an empty folder', () => {
  test('runs under its name and says its version', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const { stdout, stderr, status } = run('npx', ['--no-install', 'eksaminer', '--version'], home);
    expect({ stdout, stderr, status }).toEqual({ stdout: `${version}\n`, stderr: '', status: 0 });
  }, PATIENCE);

  test('audits the hardened cluster of the fleet and finds nothing', () => {
    const capture = join(ROOT, 'examples/fleet/day-1/hardened');
    const { stdout, stderr, status } = run('npx', ['--no-install', 'eksaminer', 'audit', '--from', capture, '--output', 'json', '--quiet'], home);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const report = JSON.parse(stdout) as { clusters: { findings: unknown[]; outcomes: { outcome: string }[] }[] };
    expect(report.clusters).toHaveLength(1);
    expect(report.clusters[0]!.findings).toEqual([]);
    expect(report.clusters[0]!.outcomes.map(({ outcome }) => outcome)).toContain('pass');
  }, PATIENCE);

  test('is a library: checks and assessment, with their types', () => {
    const program = "import { CHECKS, assess } from 'eksaminer';\nconsole.log(typeof assess, CHECKS.length > 0);\n";
    writeFileSync(join(home, 'use.mjs'), program);
    expect(run(process.execPath, ['use.mjs'], home).stdout).toBe('function true\n');
    const declared = readFileSync(join(home, 'node_modules/eksaminer/lambda/index.d.ts'), 'utf8');
    expect(declared).toContain('assess');
  });

  test('holds no sources, tests or development dependencies', () => {
    const manifest = JSON.parse(readFileSync(join(home, 'node_modules/eksaminer/package.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(manifest).sort()).toEqual(['bin', 'dependencies', 'description', 'engines', 'exports', 'license', 'name', 'type', 'types', 'version']);
    const listed = run('npm', ['pack', join(work, 'dist'), '--dry-run', '--json'], work);
    const files = (JSON.parse(listed.stdout) as { files: { path: string }[] }[])[0]!.files.map(({ path }) => path);
    expect(files.filter((file) => /^(lib|lambda\/handlers|bin\/stack)/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'bin/eksaminer.js', 'lambda/index.js', 'package.json']));
    expect(files.filter((path) => !/(\.js|\.d\.ts|\.json|\.md|LICENSE)$/.test(path)).sort()).toEqual(['licenses/commander.txt', 'licenses/ipaddr.js.txt', 'licenses/p-map.txt', 'licenses/yaml.txt']);
    expect(files.filter((path) => /^(test|scripts|examples)\//.test(path))).toEqual([]);
  });
});
