import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const AREAS = ['api-server', 'identity', 'network', 'rbac', 'workload'];

/** Refused with the reason; nothing was written. */
export class NewCheckError extends Error {}

/**
 * Writes the two files of a new check below `root` and its line in the registry. `name` is `<area>/<id>`.
 * Returns the paths written. Throws `NewCheckError` for a bad name or an id that is taken.
 */
export function scaffoldCheck(root: string, name: string): readonly string[] {
  const [area, id, ...rest] = name.split('/');
  if (area === undefined || id === undefined || rest.length > 0) throw new NewCheckError(`"${name}" is not <area>/<id>, for example workload/host-network`);
  if (!AREAS.includes(area)) throw new NewCheckError(`"${area}" is no area; there are ${AREAS.join(', ')}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) throw new NewCheckError(`"${id}" is no id: lower-case words joined by hyphens, a noun phrase for the fault`);
  const taken = readdirSync(join(root, 'lambda/checks'), { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith(`/${id}.ts`));
  if (taken !== undefined) throw new NewCheckError(`the id "${id}" is taken by lambda/checks/${taken}; ids are permanent and never used twice`);
  const registry = 'lambda/checks/registry.ts';
  const files = new Map([
    [`lambda/checks/${area}/${id}.ts`, checkFile(area, id)],
    [`test/checks/${area}/${id}.cases.ts`, casesFile(area, id)],
    [registry, registered(readFileSync(join(root, registry), 'utf8'), area, id)],
  ]);
  for (const [path, text] of files) {
    if (path !== registry && existsSync(join(root, path))) throw new NewCheckError(`${path} is there already`);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return [...files.keys()];
}

function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(identifier: string): string {
  return identifier.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The registry with one import and one entry more, both in order: imports by path, entries by id. */
function registered(text: string, area: string, id: string): string {
  const symbol = camelCase(id);
  const lines = text.split('\n');
  const importLine = `import { ${symbol} } from './${area}/${id}.ts';`;
  insertBefore(lines, importLine, /^import \{ \w+ \} from '\.\/([\w-]+\/[\w-]+)\.ts';$/, (path) => path > `${area}/${id}`, /^$/);
  insertBefore(lines, `  ${symbol},`, /^ {2}(\w+),$/, (other) => kebabCase(other) > id, /^\];$/);
  return lines.join('\n');
}

/** Before the first line of its sort that comes after it, else before the line that ends the block. */
function insertBefore(lines: string[], line: string, sort: RegExp, isAfter: (key: string) => boolean, end: RegExp): void {
  const next = lines.findIndex((other) => {
    const key = sort.exec(other)?.[1];
    return key !== undefined && isAfter(key);
  });
  const last = lines.findLastIndex((other) => sort.test(other));
  const close = last >= 0 ? last + 1 : lines.findIndex((other) => end.test(other));
  if (next < 0 && close < 0) throw new NewCheckError('lambda/checks/registry.ts does not look as it should: one import and one entry a line');
  lines.splice(next >= 0 ? next : close, 0, line);
}

function checkFile(area: string, id: string): string {
  return `import { defineCheck } from '../define-check.ts';

/** TODO The rule in prose: which fields, which values are allowed, and why. Source. */
export const ${camelCase(id)} = defineCheck({
  id: '${id}',
  revision: 1,
  area: '${area}',
  title: 'TODO What it means, consequence first, plain words, no period',
  severity: 'medium',
  rationale: 'TODO What an attacker gains.',
  remediation: 'TODO What to do, imperative, with a period.',
  references: ['https://kubernetes.io/docs/concepts/security/'],
  controls: [],
  needs: ['namespaces'], // TODO what a violation would be wrong without
  wants: [], // what could only add violations
  fields: {}, // TODO the fields it reads of sources; everything else is trimmed away
  identity: { resource: 'TODO the Namespace', key: 'TODO the fault' },
  *evaluate({ namespaces }) {
    for (const namespace of namespaces) {
      if (namespace.metadata?.name !== 'TODO') continue;
      yield {
        resource: { apiVersion: 'v1', kind: 'Namespace', name: namespace.metadata.name },
        key: '${id}',
        message: \`\${namespace.metadata.name} TODO: one sentence, consequence first\`,
        cause: \`Namespace \${namespace.metadata.name}: ${id}\`,
        evidence: {},
      };
    }
  },
});
`;
}

function casesFile(area: string, id: string): string {
  const symbol = camelCase(id);
  return `import { ${symbol} } from '../../../lambda/checks/${area}/${id}.ts';
import type { CheckCases } from '../check-cases.ts';

export const cases = {
  check: ${symbol},
  pass: [{ name: 'TODO the smallest object that is right', sources: { namespaces: [{ metadata: { name: 'shop' } }] } }],
  fail: [
    // TODO the same object with one change, and exactly what is found. Without a failing case the tests do not pass.
  ],
} satisfies CheckCases;
`;
}

function main(name: string | undefined): number {
  try {
    if (name === undefined) throw new NewCheckError('which one? npm run new-check <area>/<id>');
    for (const path of scaffoldCheck(ROOT, name)) console.log(path);
    console.log(`
Next: write the rule in lambda/checks/${name}.ts and its cases in test/checks/${name}.cases.ts (every TODO), then
  npm test -- test/checks
  npm run docs        the catalogue and the permissions follow from the check`);
    return 0;
  } catch (error) {
    if (!(error instanceof NewCheckError)) throw error;
    console.error(`new-check: ${error.message}`);
    return 2;
  }
}

if (import.meta.main) process.exitCode = main(process.argv[2]);
