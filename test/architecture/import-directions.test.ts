import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';

const root = join(import.meta.dirname, '../..');
const { default: config } = (await import(join(root, 'eslint.config.mjs'))) as { default: Linter.Config[] };

/** Messages of the project's own configuration for one file, less the rules that need types. */
function lint(file: string, code: string): string[] {
  const untyped = { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] } as Linter.Config;
  const off: Linter.Config = { rules: { '@typescript-eslint/no-unused-vars': 'off' } };
  return new Linter({ cwd: root }).verify(code, [...config, untyped, off], { filename: join(root, file) }).map((message) => message.message);
}

const importing = (path: string) => `import { x } from '${path}';\n`;

describe('import directions', () => {
  test.each([
    ['lambda/facts/a/b.ts', '../../checks/registry.ts', 'facts/ stands left of checks/'],
    ['lambda/model/a.ts', '../facts/facts.ts', 'model/ stands left of facts/'],
    ['lambda/collect/a.ts', '../checks/registry.ts', 'collect/ stands left of checks/'],
    ['lambda/checks/rbac/a.ts', '../../reconcile/reconcile.ts', 'checks/ stands left of reconcile/'],
    ['lambda/checks/rbac/a.ts', './b.ts', 'never another check'],
    ['lambda/checks/rbac/a.ts', '../network/b.ts', 'never another check'],
    ['lambda/assess/a.ts', '../storage/object-store.ts', 'assess/ is pure and sees a Snapshot'],
    ['lambda/report/json/a.ts', '../../collect/capture/read-capture.ts', 'report/ is pure and sees a Snapshot'],
    ['lambda/reconcile/a.ts', '../facts/derive.ts', 'reconcile/ works on Assessments and states alone'],
    ['lambda/checks/rbac/a.ts', 'node:fs', 'This station is pure'],
    ['lambda/facts/a.ts', '@aws-sdk/client-eks', 'This station is pure'],
    ['lambda/facts/a.ts', '@kubernetes/client-node', 'Only its types'],
    ['lib/a.ts', '../lambda/reconcile/reconcile.ts', 'lib/ imports of lambda/ only contract.ts'],
    ['lib/a.ts', '../lambda/handlers/audit.ts', 'lib/ imports of lambda/ only contract.ts'],
    ['lib/a.ts', '@aws-sdk/client-s3', 'Synthesis needs no account'],
    ['lambda/handlers/a.ts', '../../lib/alarms.ts', 'handlers/ runs in a function'],
    ['lambda/handlers/a.ts', 'aws-cdk-lib', 'handlers/ runs in a function'],
    ['lambda/handlers/a.ts', '../access/aws-actions.ts', 'access/ is for the deployment'],
  ])('%s may not import %s', (file, path, reason) => {
    expect(lint(file, importing(path)).join('\n')).toContain(reason);
  });

  test.each([
    ['lambda/checks/rbac/a.ts', '../define-check.ts'],
    ['lambda/checks/rbac/a.ts', '../../facts/rbac/grants.ts'],
    ['lambda/facts/a.ts', 'node:crypto'],
    ['lambda/notify/a.ts', '../model/change.ts'],
    ['lambda/report/terminal/a.ts', '../../notify/digest.ts'],
    ['lambda/reconcile/a.ts', '../storage/object-store.ts'],
    ['lib/a.ts', '../lambda/contract.ts'],
    ['lib/a.ts', '../lambda/access/aws-actions.ts'],
    ['lib/a.ts', '../lambda/configuration/configuration.ts'],
    ['lambda/handlers/a.ts', '../collect/eks/read-eks-cluster.ts'],
  ])('%s may import %s', (file, path) => {
    expect(lint(file, importing(path))).toEqual([]);
  });

  test('types of client-node may be imported anywhere', () => {
    expect(lint('lambda/facts/a.ts', "import type { V1Pod } from '@kubernetes/client-node';\n")).toEqual([]);
  });

  test.each([
    ['Date.now();', 'no clock'],
    ['new Date();', 'no clock'],
    ['Math.random();', 'no randomness'],
    ['process.env;', 'know no environment'],
  ])('a pure station cannot say %s', (code, reason) => {
    expect(lint('lambda/assess/a.ts', code).join('\n')).toContain(reason);
  });
});
