/**
 * Writes the generated pages of docs/ from the code: `npm run docs`. With `--check` it writes nothing and fails, naming the pages that are not
 * what the code says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksPage } from '../lambda/access/checks-page.ts';
import { rbacCataloguePage } from '../lambda/access/rbac-catalogue-page.ts';
import { accessManifestYaml, permissionsPage } from '../lambda/access/permissions-page.ts';
import { collectionPlan } from '../lambda/checks/collection-plan.ts';
import { CHECKS } from '../lambda/checks/registry.ts';
import { configurationJsonSchema } from '../lambda/configuration/json-schema.ts';

const docs = join(import.meta.dirname, '../docs');
const pages = new Map([
  ['checks.md', checksPage(CHECKS)],
  ['rbac-catalogue.md', rbacCataloguePage()],
  ['permissions.md', permissionsPage(CHECKS, collectionPlan())],
  ['permissions.yaml', accessManifestYaml()],
  ['schema/configuration-1.json', `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`],
]);

const stale: string[] = [];
for (const [name, text] of pages) {
  const path = join(docs, name);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (read(path) !== text) stale.push(`docs/${name}`);
}
if (stale.length > 0) {
  console.error(`${stale.join(', ')}: not what the code says; run \`npm run docs\` and commit the result`);
  process.exitCode = 1;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
