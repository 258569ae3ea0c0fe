import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import { inTemporaryDirectory } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture, type GivenObjects } from './tiny-capture.ts';

const deployment = (namespace: string, name: string): object => ({
  metadata: { namespace, name },
  spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'a', ports: [{ name: 'http', containerPort: 8080 }] }] } } },
});

const GIVEN: GivenObjects = {
  namespaces: ['shop', 'pay'].map((name) => ({ metadata: { name } })),
  deployments: [deployment('shop', 'web'), deployment('shop', '\u001b[31m__proto__'), deployment('pay', 'bank')],
  networkPolicies: [
    { metadata: { namespace: 'pay', name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    { metadata: { namespace: 'pay', name: 'from-web' }, spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 'http' }] }] } },
    { metadata: { namespace: 'shop', name: 'out' }, spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ ports: [{ port: 8000, endPort: 9000 }] }, { to: [{ ipBlock: { cidr: '203.0.113.0/25' } }] }] } },
  ],
};

function ask(args: readonly string[], without: readonly KubernetesSource[] = []): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return inTemporaryDirectory((directory) => runHere(['reach', ...args, '--from', writeTinyCapture(join(directory, 'prod'), 'prod', GIVEN, without), '--quiet']));
}

interface Document {
  readonly clusters: readonly { readonly answered: boolean; readonly missing: readonly string[]; readonly rows: readonly { readonly from: string; readonly to: string; readonly written: unknown; readonly enforced: unknown }[] }[];
}

async function document(args: readonly string[], without: readonly KubernetesSource[] = []): Promise<Document['clusters'][number]> {
  return (JSON.parse((await ask([...args, '--output', 'json'], without)).stdout) as Document).clusters[0]!;
}

describe('reach', () => {
  test('the ports that both ends let through, as written and as enforced, and who decides', async () => {
    const { code, stdout } = await ask(['shop/web', 'pay/bank']);
    expect(stdout.split('\n').slice(0, 7).map((line) => line.trimEnd())).toEqual([
      'prod: reach of shop/web to pay/bank',
      '  Deployment shop/web -> Deployment pay/bank: TCP 8080 as written; as enforced: unknown',
      '    egress: allows TCP 8000-9000: NetworkPolicy shop/out',
      '    egress: denies TCP 1-7999, 9001-65535; UDP all; SCTP all: NetworkPolicy shop/out',
      '    ingress: allows TCP 8080: NetworkPolicy pay/from-web',
      '    ingress: denies TCP 1-8079, 8081-65535; UDP all; SCTP all: NetworkPolicy pay/deny, NetworkPolicy',
      '    pay/from-web',
    ]);
    expect(code).toBe(0);
  });

  test('without a destination: every workload that is reached', async () => {
    const { rows } = await document(['shop/web']);
    expect(rows.map(({ to, written }) => [to, written])).toEqual([
      ['Deployment pay/bank', [{ protocol: 'TCP', first: 8080, last: 8080 }]],
      ['Deployment shop/\u001b[31m__proto__', [{ protocol: 'TCP', first: 8000, last: 9000 }]],
    ]);
  });

  test('a part of a block about which something else is to be said is told apart', async () => {
    const { rows } = await document(['shop/web', '203.0.113.0/24', '--port', '443']);
    expect(rows.map(({ to, written }) => [to, written])).toEqual([
      ['203.0.113.0/24 (in part: a range from 203.0.113.0)', [{ protocol: 'TCP', first: 443, last: 443 }]],
      ['203.0.113.0/24 (in part: a range from 203.0.113.128)', []],
    ]);
    expect((await document(['internet', 'pay'])).rows).toMatchObject([{ from: 'internet', to: 'Deployment pay/bank', written: [] }]);
  });

  test('a kind of policy that was not read makes it unknown, with exit code 2', async () => {
    const { code, stdout } = await ask(['shop/web', 'pay/bank'], ['networkPolicies']);
    expect([code, stdout]).toEqual([2, expect.stringContaining('  Unknown: not in the capture: networkpolicies\n')]);
  });

  test('who is not there is said to be missing, with exit code 2', async () => {
    expect((await document(['shop/nobody', 'pay'])).missing).toEqual(['shop/nobody']);
    expect((await ask(['shop/nobody', 'pay'])).code).toBe(2);
  });

  test('names of a cluster are shown and not obeyed', async () => {
    expect((await ask(['shop', 'shop'])).stdout).not.toContain('\u001b');
    expect((await ask(['shop', 'shop', '--output', 'json'])).stdout).not.toContain('\u001b');
  });

  test('what is no question is refused', async () => {
    expect(await ask(['a/b/c'])).toMatchObject({ code: 2, stderr: expect.stringContaining('"a/b/c" is neither internet nor an address') });
    expect(await ask(['shop', '--port', 'udp/0'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--port "udp/0": it is a number from 1 to 65535') });
  });
});
