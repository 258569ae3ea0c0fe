import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { NewCheckError, scaffoldCheck } from '../../scripts/new-check.ts';

const ROOT = join(import.meta.dirname, '../..');
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'eksaminer-new-check-'));
  cpSync(join(ROOT, 'lambda'), join(copy, 'lambda'), { recursive: true });
  cpSync(join(ROOT, 'test/checks/check-cases.ts'), join(copy, 'test/checks/check-cases.ts'));
  cpSync(join(ROOT, 'test/snapshot-of.ts'), join(copy, 'test/snapshot-of.ts'));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function registry(): string[] {
  return readFileSync(join(copy, 'lambda/checks/registry.ts'), 'utf8').split('\n');
}

test('writes the check, its cases and one line each among imports and entries', () => {
  const before = registry();
  expect(scaffoldCheck(copy, 'workload/moon-phase-wrong')).toEqual([
    'lambda/checks/workload/moon-phase-wrong.ts',
    'test/checks/workload/moon-phase-wrong.cases.ts',
    'lambda/checks/registry.ts',
  ]);
  const added = registry().filter((line) => !before.includes(line));
  expect(added).toEqual(["import { moonPhaseWrong } from './workload/moon-phase-wrong.ts';", '  moonPhaseWrong,']);
  expect(registry().filter((line) => !added.includes(line))).toEqual(before);
});

test.each(['workload/a', 'api-server/zz-last', 'network/middle-one'])('keeps the registry sorted: %s', (name) => {
  scaffoldCheck(copy, name);
  const kebab = (symbol: string): string => symbol.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const entries = registry().flatMap((line) => /^ {2}(\w+),$/.exec(line)?.[1] ?? []).map(kebab);
  const paths = registry().flatMap((line) => /from '\.\/([\w-]+\/[\w-]+)\.ts';$/.exec(line)?.[1] ?? []);
  expect(entries).toContain(name.split('/')[1]);
  expect(entries).toEqual([...entries].sort());
  expect(paths).toContain(name);
  expect(paths).toEqual([...paths].sort());
});

test('begins a registry that has no check yet', () => {
  const empty = "import type { Check } from './define-check.ts';\n\nexport const CHECKS: readonly Check[] = [\n];\n";
  writeFileSync(join(copy, 'lambda/checks/registry.ts'), empty);
  scaffoldCheck(copy, 'rbac/first');
  expect(registry()).toEqual([
    "import type { Check } from './define-check.ts';",
    "import { first } from './rbac/first.ts';",
    '',
    'export const CHECKS: readonly Check[] = [',
    '  first,',
    '];',
    '',
  ]);
});

test('what it writes compiles as it is', () => {
  scaffoldCheck(copy, 'rbac/moon-phase-wrong');
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as { compilerOptions: object };
  const files = ['lambda/checks/rbac/moon-phase-wrong.ts', 'test/checks/rbac/moon-phase-wrong.cases.ts'];
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  writeFileSync(join(copy, 'package.json'), JSON.stringify({ type: 'module' }));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const run = spawnSync(process.execPath, [compiler, '-p', copy], { encoding: 'utf8' });
  expect(run.stdout.split('\n').filter((line) => line.includes('moon-phase-wrong'))).toEqual([]);
}, 120_000);

test.each([
  ['moon', '"moon" is not <area>/<id>, for example workload/host-network'],
  ['rbac/a/b', '"rbac/a/b" is not <area>/<id>, for example workload/host-network'],
  ['sky/moon', '"sky" is no area; there are api-server, identity, network, rbac, workload'],
  ['rbac/Moon_Phase', '"Moon_Phase" is no id: lower-case words joined by hyphens, a noun phrase for the fault'],
  ['rbac/../x', '"rbac/../x" is not <area>/<id>, for example workload/host-network'],
])('refuses %s and writes nothing', (name, message) => {
  const before = registry();
  expect(() => scaffoldCheck(copy, name)).toThrow(new NewCheckError(message));
  expect(registry()).toEqual(before);
});

test('refuses an id that is taken, in whatever area', () => {
  scaffoldCheck(copy, 'workload/moon-phase-wrong');
  expect(() => scaffoldCheck(copy, 'rbac/moon-phase-wrong')).toThrow(
    new NewCheckError('the id "moon-phase-wrong" is taken by lambda/checks/workload/moon-phase-wrong.ts; ids are permanent and never used twice'),
  );
});
