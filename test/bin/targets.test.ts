import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { captureTargets, targetsOf } from '../../bin/audit/targets.ts';

const labels = (...paths: string[]) => captureTargets(paths).map(({ label }) => label);

describe('what a capture is called', () => {
  const cases: readonly (readonly [paths: readonly string[], labels: readonly string[]])[] = [
    [['fleet/typical'], ['typical']],
    [['fleet/typical/'], ['typical']],
    [['prod-eu.eksaminer.json.gz', 'b.json', 'c.yaml'], ['prod-eu', 'b', 'c']],
    [['day-1/typical', 'day-2/typical', 'day-2/hardened'], ['day-1/typical', 'day-2/typical', 'hardened']],
    [['x/a/c', 'y/a/c', 'y/b/c'], ['x/a/c', 'y/a/c', 'b/c']],
    [['one', './one', resolve('one')], ['one']],
    [['prod.json', 'prod.yaml', 'sub/prod'], ['prod.json', 'prod.yaml', 'prod']],
    [['x/prod.json', 'y/prod.json'], ['x/prod.json', 'y/prod.json']],
    [['/', '/.eksaminer.json'], ['/', '.eksaminer']],
  ];
  for (const [paths, expected] of cases) {
    test(paths.join(' '), () => {
      expect(labels(...paths)).toEqual(expected);
    });
  }
});

describe('which clusters', () => {
  test('are said in one way', async () => {
    await expect(targetsOf({ from: ['a'], context: ['b'] })).rejects.toThrow('--context and --from cannot be given together: each says which clusters to audit');
    await expect(targetsOf({ allContexts: true, context: ['b'] })).rejects.toThrow('--context and --all-contexts cannot be given together');
    await expect(targetsOf({ from: ['a'], kubeconfig: 'k' })).rejects.toThrow('--kubeconfig has no meaning with --from');
  });

  test('a kubeconfig that is not there is a mistake that says so', async () => {
    await expect(targetsOf({ kubeconfig: resolve('no/such/kubeconfig') })).rejects.toThrow(/no\/such\/kubeconfig/);
  });
});
