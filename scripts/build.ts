import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Libraries that every audit loads: a hundred files of theirs take as long to find and to open as all of the program. Each lies with its licence in `licenses/`. */
const BUNDLED = ['commander', 'ipaddr.js', 'p-map', 'yaml'] as const;
const LICENSE_FILES = ['LICENSE', 'license'] as const;
/** Two of them ask for what Node brings in the manner of CommonJS. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Writes the package that is published into `target`: JavaScript (Node strips no types below node_modules) in few files, declarations, and a
 * package.json of its own. Throws when the sources do not compile.
 */
export function build(target: string = join(ROOT, 'dist')): void {
  rmSync(target, { recursive: true, force: true });
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  const dependencies = Object.fromEntries(Object.entries(manifest.dependencies).filter(([name]) => !BUNDLED.some((bundled) => bundled === name)));
  declare(target);
  bundle(target, Object.keys(dependencies));
  copyLicenses(target);
  for (const file of ['README.md', 'LICENSE']) copyFileSync(join(ROOT, file), join(target, file));
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(publishedManifest({ ...manifest, dependencies }), null, 2)}\n`);
  chmodSync(join(target, 'bin/eksaminer.js'), 0o755);
}

/** The declarations, of every file as it stands. */
function declare(target: string): void {
  must(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', join(ROOT, 'scripts/tsconfig.build.json'), '--outDir', target]);
}

/**
 * The program, in few files: to find, open and link three hundred of them is a tenth of what an audit takes. What is imported only when
 * a command runs stays a file of its own, and so does what the program and the library share. Chunks lie as deep as `bin/`, since
 * `version.ts` looks for the package.json from there.
 */
function bundle(target: string, external: readonly string[]): void {
  const entries = ['bin/eksaminer.ts', 'lambda/index.ts'].map((entry) => join(ROOT, entry));
  // As a process: its library refuses the realm that tests run in.
  must(join(ROOT, 'node_modules/.bin/esbuild'), [
    ...entries, '--bundle', '--splitting', '--format=esm', '--platform=node', '--target=node22.19', '--charset=utf8', '--log-level=warning',
    ...external.map((name) => `--external:${name}`), `--banner:js=${REQUIRE}`,
    `--outbase=${ROOT}`, `--outdir=${target}`, '--chunk-names=chunks/[name]-[hash]',
  ]);
}

function copyLicenses(target: string): void {
  mkdirSync(join(target, 'licenses'));
  for (const name of BUNDLED) {
    const [file] = LICENSE_FILES.map((each) => join(ROOT, 'node_modules', name, each)).filter((path) => existsSync(path));
    if (file === undefined) throw new Error(`${name} has no licence beside it that could go with its code. Look at its package, and add the file's name to LICENSE_FILES`);
    copyFileSync(file, join(target, 'licenses', `${name}.txt`));
  }
}

function must(command: string, args: readonly string[]): void {
  const run = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`The sources do not compile:\n${run.stdout}${run.stderr}`);
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
