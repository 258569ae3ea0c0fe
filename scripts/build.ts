import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Folders whose JSON data is read at run time, beside the code that reads it. */
const SOURCES = ['bin', 'lambda'];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Writes the package that is published into `target`: JavaScript (Node strips no types below node_modules), declarations, data, and a
 * package.json of its own. Throws when the sources do not compile.
 */
export function build(target: string = join(ROOT, 'dist')): void {
  rmSync(target, { recursive: true, force: true });
  compile(target);
  for (const folder of SOURCES) copyData(folder, target);
  for (const file of ['README.md', 'LICENSE']) copyFileSync(join(ROOT, file), join(target, file));
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`);
  chmodSync(join(target, 'bin/eksaminer.js'), 0o755);
}

function compile(target: string): void {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const run = spawnSync(process.execPath, [compiler, '-p', join(ROOT, 'scripts/tsconfig.build.json'), '--outDir', target], { encoding: 'utf8' });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`The sources do not compile:\n${run.stdout}${run.stderr}`);
}

function copyData(folder: string, target: string): void {
  for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.json')) continue;
    const copy = join(target, folder, file);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(ROOT, folder, file), copy);
  }
}

/** The fields that a user of the package needs; scripts, development dependencies and `private` stay here. */
function publishedManifest({ name, version, description, license, engines, dependencies }: Manifest): Record<string, unknown> {
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    bin: { eksaminer: 'bin/eksaminer.js' },
    types: 'lambda/index.d.ts',
    exports: {
      '.': { types: './lambda/index.d.ts', default: './lambda/index.js' },
      './package.json': './package.json',
    },
    engines,
    dependencies,
  };
}

if (import.meta.main) {
  try {
    build();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
