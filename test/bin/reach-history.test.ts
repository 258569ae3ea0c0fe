import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { inTemporaryDirectory } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture, type GivenObjects } from './tiny-capture.ts';

const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schema/reach-history-1.json'), 'utf8')) as object);

const deployment = (name: string): object => ({ metadata: { namespace: 'shop', name }, spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'a' }] } } } });
const OPEN: GivenObjects = { namespaces: [{ metadata: { name: 'shop' } }], deployments: ['web', 'db', 'mail'].map(deployment) };
const DENY: GivenObjects = { ...OPEN, networkPolicies: [{ metadata: { namespace: 'shop', name: 'deny' }, spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress', 'Egress'] } }] };

test('what every look measured, those that measured the same once, and why one could not', async () => {
  await inTemporaryDirectory(async (directory) => {
    const store = join(directory, 'store');
    const looks = [[OPEN, []], [OPEN, []], [DENY, []], [DENY, ['networkPolicies']]] as const;
    for (const [number, [given, without]] of looks.entries()) {
      const path = writeTinyCapture(join(directory, String(number), 'prod'), 'prod', given, without);
      expect((await runHere(['audit', '--from', path, '--store', store, '--quiet'])).code).toBe(0);
    }
    const { code, stdout } = await runHere(['reach', '--history', '--store', store]);
    const words = stdout.replaceAll(/\s+/g, ' ').replaceAll(/today \d\d:\d\d UTC/g, 'today');
    expect(words).toContain(
      'prod: how well it is parted, as its policies are written today 3 workloads, all of the pairs may talk, across namespaces -; isolated: ingress none, egress none, both none; blast radius: median 2, maximum 2; reaching the metadata service all, the Internet all, the API server not known (and the same in the look after it) today 3 workloads, 33% of the pairs may talk, across namespaces -; isolated: ingress 33%, egress 33%, both 33%; blast radius: median 1, maximum 1; reaching the metadata service 67%, the Internet 67%, the API server not known today could not be told: networkPolicies: not in the capture',
    );
    expect(code).toBe(0);
    const document = JSON.parse((await runHere(['reach', '--history', '--store', store, '--output', 'json', '--cluster', 'prod'])).stdout) as { readonly clusters: readonly { readonly looks: readonly object[] }[] };
    expect([valid(document), valid.errors]).toEqual([true, null]);
    expect(document.clusters[0]!.looks).toMatchObject([{ seq: 1 }, { seq: 2 }, { seq: 3, measures: { pairs: { reachable: 2, of: 6 }, reaching: { apiServer: null } }, unsure: [] }, { seq: 4, measures: null, unsure: ['networkPolicies: not in the capture'] }]);
    expect((await runHere(['reach', '--history', '--store', store, '--cluster', 'other'])).stderr).toContain('the record has no such cluster; it has: prod');
  });
});

test('a record without a look has nothing to show, and says what to do', async () => {
  await inTemporaryDirectory(async (directory) => {
    const store = join(directory, 'store');
    mkdirSync(store);
    const refused = { code: 2, stdout: '', stderr: `eksaminer: ${store}/: the record holds no look at a cluster yet, so nothing was measured. Make one: eksaminer audit --store ${store}\n` };
    expect(await runHere(['reach', '--history', '--store', store])).toMatchObject(refused);
    // A run that could look at nothing is in the record, and is no look.
    mkdirSync(join(directory, 'empty'));
    await runHere(['audit', '--from', join(directory, 'empty'), '--store', store]);
    for (const more of [[], ['--output', 'json'], ['--cluster', 'prod']]) expect(await runHere(['reach', '--history', '--store', store, ...more])).toMatchObject(refused);
  });
});

test('it is about the record alone', async () => {
  const refusal = async (args: readonly string[]): Promise<string> => (await runHere(['reach', ...args])).stderr;
  expect(await refusal(['--history', '--from', 'x'])).toContain('--history reads the record');
  expect(await refusal(['--history', '--port', '80'])).toContain('--port has no meaning with --history');
  expect(await refusal(['--matrix', '--store', 'x'])).toContain('--store and --cluster are about the record; give them with --history');
});
