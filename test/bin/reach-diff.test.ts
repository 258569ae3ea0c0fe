import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import { inTemporaryDirectory, type Ran } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture, type GivenObjects } from './tiny-capture.ts';

const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schema/reach-diff-1.json'), 'utf8')) as object);

const deployment = (namespace: string, name: string, labels: object = {}, spec: object = {}): object => ({
  metadata: { namespace, name },
  spec: { template: { metadata: { labels: { app: name, ...labels } }, spec: { containers: [{ name: 'c', image: 'a' }], ...spec } } },
});
const policy = (name: string, spec: object, namespace = 'pay'): object => ({ metadata: { namespace, name }, spec });

const NAMESPACES = ['shop', 'pay', 'ci'].map((name) => ({ metadata: { name } }));
const DEPLOYMENTS = [deployment('shop', 'web'), deployment('shop', 'db'), deployment('pay', 'bank'), deployment('pay', 'ledger'), deployment('ci', 'runner')];
const DENY = policy('deny', { podSelector: {}, policyTypes: ['Ingress'] });
const FROM_WEB = { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 443 }] };
const FROM_CI = { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } }], ports: [{ port: 8080 }, { port: 53, protocol: 'UDP' }] };
const ALLOW = policy('allow', { podSelector: { matchLabels: { app: 'bank' } }, ingress: [FROM_WEB, FROM_CI] });
const BEFORE: GivenObjects = { namespaces: NAMESPACES, deployments: DEPLOYMENTS, networkPolicies: [DENY, ALLOW] };

interface Side {
  readonly given: GivenObjects;
  readonly without?: readonly KubernetesSource[];
}

function compare(before: Side, after: Side, args: readonly string[] = []): Promise<Ran> {
  return inTemporaryDirectory((directory) => {
    const path = (name: string, { given, without = [] }: Side): string => writeTinyCapture(join(directory, name), 'prod', given, without);
    return runHere(['reach', '--diff', path('monday', before), path('friday', after), ...args, '--quiet']);
  });
}

async function document(before: Side, after: Side): Promise<Record<string, unknown>> {
  const answer = JSON.parse((await compare(before, after, ['--output', 'json'])).stdout) as Record<string, unknown>;
  expect([valid(answer), valid.errors]).toEqual([true, null]);
  return answer;
}

/** Lines about changes. */
async function lines(after: GivenObjects): Promise<readonly string[]> {
  const { stdout } = await compare({ given: BEFORE }, { given: after }, ['--all']);
  return stdout.replaceAll(/\n {4}(?! )(?!opened|closed|with)/g, ' ').split('\n').filter((line) => /^ {4}(opened|closed|with)/.test(line)).map((line) => line.trim());
}

describe('reach --diff', () => {
  test('renamed policies, another order of rules, new images, rollouts and new peers of the same meaning change nothing', async () => {
    const after: GivenObjects = {
      namespaces: [...NAMESPACES].reverse(),
      deployments: DEPLOYMENTS.map((_, i) => deployment(['shop', 'shop', 'pay', 'pay', 'ci'][i]!, ['web', 'db', 'bank', 'ledger', 'runner'][i]!, { version: '2' }, { containers: [{ name: 'd', image: 'b' }] })),
      networkPolicies: [policy('halves', { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['bank'] }] }, ingress: [FROM_CI, FROM_WEB] }), policy('other', { podSelector: {}, policyTypes: ['Ingress'], ingress: [] })],
    };
    const { code, stdout } = await compare({ given: BEFORE }, { given: after });
    expect(stdout).toContain('  as written: nothing changed between 5 workloads\n');
    expect(code).toBe(0);
  });

  test('a default deny that went is one line', async () => {
    expect(await lines({ ...BEFORE, networkPolicies: [ALLOW] })).toEqual(['opened every port: every workload -> Deployment pay/ledger (5 pairs)']);
  });

  test('what opened and what closed, with ports', async () => {
    const changed = policy('allow', { podSelector: { matchLabels: { app: 'bank' } }, ingress: [{ ...FROM_WEB, ports: [{ port: 440, endPort: 443 }] }, { ...FROM_CI, ports: [{ port: 8080 }] }] });
    expect(await lines({ ...BEFORE, networkPolicies: [DENY, changed] })).toEqual(['opened TCP 440-442: Deployment shop/web -> Deployment pay/bank (1 pair)', 'closed UDP 53: Deployment ci/runner -> Deployment pay/bank (1 pair)']);
  });

  test('every workload but a few is said so, and a whole namespace by its name', async () => {
    const closed = policy('closed', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{ to: [{ podSelector: {} }] }] }, 'shop');
    expect(await lines({ ...BEFORE, networkPolicies: [DENY, ALLOW, closed] })).toEqual([
      'closed every port: namespace shop (2 workloads) -> Deployment ci/runner (2 pairs)',
      'closed TCP 443: Deployment shop/web -> Deployment pay/bank (1 pair)',
      'closed every port: every workload -> namespace shop (2 workloads) (10 pairs)',
    ]);
  });

  test('workloads that came and went are told apart from what policies did', async () => {
    const after = { ...BEFORE, deployments: [...DEPLOYMENTS.slice(0, 4), deployment('shop', 'new')] };
    expect(await lines(after)).toEqual([
      'with workloads that came or went:',
      'opened every port: Deployment shop/new -> Deployment shop/db, Deployment shop/web (2 pairs)',
      'opened every port: every workload -> Deployment shop/new (5 pairs)',
      'closed every port: every workload -> Deployment ci/runner (5 pairs)',
      'closed TCP 8080; UDP 53: Deployment ci/runner -> Deployment pay/bank (1 pair)',
      'closed every port: Deployment ci/runner -> namespace shop (2 workloads) (2 pairs)',
    ]);
  });

  test('what one side did not read is not known, never opened or closed', async () => {
    const kinds = await compare({ given: BEFORE, without: ['deployments'] }, { given: BEFORE });
    expect(kinds.stdout).toContain('  there is no workload that can be compared\n');
    expect(kinds.stdout).toContain('not known: 5 workloads (Deployment ci/runner, Deployment pay/bank, Deployment pay/ledger,\n');
    expect(kinds.stdout).toContain('deployments were not read on one side');
    expect(kinds.code).toBe(2);
    const policies = await document({ given: BEFORE }, { given: BEFORE, without: ['networkPolicies'] });
    expect(policies).toMatchObject({ answered: false, written: [], enforced: [], compared: null, before: { unread: [] }, after: { unread: [{ source: 'networkPolicies' }] } });
    expect((await compare({ given: BEFORE }, { given: BEFORE, without: ['networkPolicies'] })).code).toBe(2);
  });

  test('an engine that is switched off opens as enforced what did not change as written', async () => {
    const node = { metadata: { name: 'n', labels: { 'kubernetes.io/os': 'linux' } } };
    const agent = (on: boolean): object => ({ metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'aws-node', image: 'cni' }, { name: 'calico-node', image: 'calico' }, { name: 'aws-eks-nodeagent', image: 'agent', args: [`--enable-network-policy=${String(on)}`] }] } } } });
    const calico = { metadata: { namespace: 'kube-system', name: 'calico-node' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'calico-node', image: 'calico/node' }] } } } };
    const given = { ...BEFORE, networkPolicies: [DENY], nodes: [node] };
    const answer = await document({ given: { ...given, daemonSets: [agent(false), calico] } }, { given: { ...given, daemonSets: [agent(false)] } });
    expect(answer['written']).toEqual([]);
    expect(answer['enforced']).toEqual([{ kind: 'opened', because: 'policies', from: { everybody: true, but: [] }, to: { everybody: false, places: [{ namespace: 'pay', workloads: 2 }] }, ports: 'all', otherProtocols: false, pairs: 10 }]);
    expect(answer['compared']).toEqual({ written: 5, enforced: 5 });
  });

  test('the network of the node, hostile names', async () => {
    const evil = '\u001b[31m__proto__';
    const moved = [...DEPLOYMENTS.slice(1), deployment('shop', 'web', {}, { hostNetwork: true }), deployment('shop', evil)];
    const { stdout } = await compare({ given: BEFORE }, { given: { ...BEFORE, deployments: moved } });
    expect(stdout).toContain('now in the network of its node, where policies are not about it: Deployment shop/web\n');
    expect(stdout).not.toContain('\u001b');
    expect(await document({ given: BEFORE }, { given: { ...BEFORE, deployments: moved } })).toMatchObject({ hostNetwork: { joined: ['Deployment shop/web'], left: [] } });
  });

  test('a capture that tells less of the same cluster is of no other one', () =>
    inTemporaryDirectory(async (directory) => {
      const given = { namespaces: [{ metadata: { name: 'kube-system', uid: 'a' } }] };
      const [one, other] = ['one', 'other'].map((side) => writeTinyCapture(join(directory, side), 'prod', given));
      rmSync(join(other!, 'describe-cluster.json'));
      const third = writeTinyCapture(join(directory, 'third'), 'test', given);
      const told = async (...paths: readonly string[]): Promise<string> => (await runHere(['reach', '--diff', ...paths, '--quiet'])).stdout;
      expect(await told(one!, other!)).not.toContain('two clusters');
      expect(await told(one!, third)).toContain('  these are two clusters: one and third\n');
    }));

  test('it takes two captures, and says of runs that they keep too little', async () => {
    const refusal = async (args: readonly string[]): Promise<string> => (await runHere(['reach', ...args])).stderr;
    expect(await refusal(['--diff', 'a'])).toContain('--diff takes two captures');
    expect(await refusal(['--diff', '01JCYZ0000000000000000000A', 'b'])).toContain('01JCYZ0000000000000000000A is a run: the record keeps what runs found, not what they read');
    expect(await refusal(['--diff', 'a', 'b', '--from', 'c'])).toContain('--diff names the two captures itself');
    expect(await refusal(['shop', '--diff', 'a', 'b'])).toContain('--diff is about all namespaces');
    expect(await refusal(['--matrix', '--diff', 'a', 'b'])).toContain('--matrix and --diff are different questions; ask one of them');
    expect(await refusal(['--diff', 'a', 'b', '--port', '80'])).toContain('--port has no meaning with --diff');
  });
});
