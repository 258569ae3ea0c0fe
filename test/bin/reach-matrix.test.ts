import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import { inTemporaryDirectory, type Ran } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture, type GivenObjects } from './tiny-capture.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schema/reach-matrix-1.json'), 'utf8')) as object;
const valid = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true }).compile(schema);

const deployment = (namespace: string, name: string, spec: object = {}): object => ({
  metadata: { namespace, name },
  spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'a' }], ...spec } } },
});

const EVIL = '\u001b[31m__proto__';

const GIVEN: GivenObjects = {
  namespaces: ['shop', 'pay', EVIL].map((name) => ({ metadata: { name } })),
  deployments: [deployment('shop', 'web'), deployment('shop', 'db'), deployment('pay', 'bank'), deployment(EVIL, 'x'), deployment('pay', 'agent', { hostNetwork: true })],
  networkPolicies: [
    { metadata: { namespace: 'pay', name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    { metadata: { namespace: 'pay', name: 'web' }, spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 443 }] }] } },
  ],
};

const NODE = { metadata: { name: 'n', labels: { 'kubernetes.io/os': 'linux' } } };
const AWS_NODE = { metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'aws-node', image: 'cni' }, { name: 'aws-eks-nodeagent', image: 'agent', args: ['--enable-network-policy=false'] }] } } } };
const ON_WINDOWS = { metadata: { namespace: 'pay', name: 'csi' }, spec: { template: { spec: { nodeSelector: { 'kubernetes.io/os': 'windows' }, containers: [{ name: 'c', image: 'a' }] } } } };
const UNENFORCED: GivenObjects = { ...GIVEN, nodes: [NODE], daemonSets: [AWS_NODE, ON_WINDOWS] };

function ask(args: readonly string[], given: GivenObjects = GIVEN, without: readonly KubernetesSource[] = []): Promise<Ran> {
  return inTemporaryDirectory((directory) => runHere(['reach', '--matrix', ...args, '--from', writeTinyCapture(join(directory, 'prod'), 'prod', given, without), '--quiet']));
}

interface Matrix {
  readonly clusters: readonly { readonly answered: boolean; readonly namespaces: unknown; readonly pairs: unknown; readonly written: unknown; readonly enforced: unknown; readonly hostNetworkWorkloads: number; readonly workloadsWithoutNodes: number }[];
}

async function matrix(args: readonly string[], given?: GivenObjects, without?: readonly KubernetesSource[]): Promise<Matrix['clusters'][number]> {
  const document = JSON.parse((await ask([...args, '--output', 'json'], given, without)).stdout) as Matrix;
  expect([valid(document), valid.errors]).toEqual([true, null]);
  return document.clusters[0]!;
}

describe('reach --matrix', () => {
  test('shares of pairs by namespace, in the width that there is', async () => {
    const { code, stdout } = await ask([]);
    const table = stdout.split('\n').slice(0, 7);
    expect(table).toEqual([
      'prod: who may open connections to whom, by namespace',
      '  as written',
      '                       size     1     2     3',
      '  1 \\x1b[31m__proto__     1     -     .   all',
      '  2 pay                   1     .     -     .',
      '  3 shop                  2   all   50%   all',
      '  as enforced: unknown',
    ]);
    expect(stdout).toContain('left out: 1 workload in the network of the node\n');
    expect(code).toBe(0);
  });

  test('one port, and the document', async () => {
    expect(await matrix(['--port', '80'])).toMatchObject({
      answered: true,
      namespaces: [{ name: EVIL, workloads: 1 }, { name: 'pay', workloads: 1 }, { name: 'shop', workloads: 2 }],
      pairs: [[0, 1, 2], [1, 0, 2], [2, 2, 2]],
      written: [[0, 0, 2], [0, 0, 0], [2, 0, 2]],
      enforced: [[null, null, null], [null, null, null], [null, null, null]],
      hostNetworkWorkloads: 1,
    });
    expect((await matrix(['--port', '443'])).written).toEqual([[0, 0, 2], [0, 0, 0], [2, 1, 2]]);
  });

  test('where nothing enforces policies, everybody reaches everybody; what has no nodes is left out', async () => {
    expect(await matrix([], UNENFORCED)).toMatchObject({ written: [[0, 0, 2], [0, 0, 0], [2, 1, 2]], enforced: [[0, 1, 2], [1, 0, 2], [2, 2, 2]], workloadsWithoutNodes: 1 });
  });

  test('a kind of policy that was not read leaves everything unknown, with exit code 2', async () => {
    const refused = await ask(['--output', 'json'], GIVEN, ['networkPolicies']);
    expect([refused.code, valid(JSON.parse(refused.stdout))]).toEqual([2, true]);
    expect(JSON.parse(refused.stdout)).toMatchObject({ clusters: [{ answered: false, namespaces: [], written: [], hostNetworkWorkloads: null, unread: [{ source: 'networkPolicies', code: 'not-in-capture' }] }] });
    expect((await ask([], GIVEN, ['networkPolicies'])).stdout).toContain('  Unknown: not in the capture: networkpolicies\n');
  });

  test('it is about all namespaces, and a question needs a beginning', async () => {
    expect(await ask(['shop'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--matrix is about all namespaces, and "shop" names one end') });
    expect(await runHere(['reach', '--from', 'x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('reach of whom?') });
  });
});
