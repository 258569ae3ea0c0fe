import { expect, test } from '@jest/globals';
import { engineReading } from '../../../../lambda/facts/network/reach/engine-conventions.ts';
import { answersOf } from '../../../../scripts/vectors/network.ts';
import { EKS_CASES, type EksCase } from './eks-policies.cases.ts';

const POD_ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['shop/web', '10.1.0.1'],
  ['shop/db', '10.1.0.2'],
  ['pay/api', '10.1.0.3'],
  ['pay/dns', '10.1.0.4'],
  ['kube-system/agent', '10.0.0.1'],
]);

function pod(name: string, node: string, ports: readonly object[] = [], spec: object = {}): object {
  const [namespace, short] = name.split('/');
  const metadata = { namespace, name: short, labels: { app: short } };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName: node, containers: [{ name: 'main', ports }], ...spec }, status: { phase: 'Running', podIPs: [{ ip: POD_ADDRESSES.get(name) }] } };
}

function namespace(name: string, labels: object = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

function node(name: string, address: string): object {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { addresses: [{ type: 'InternalIP', address }] } };
}

const WORLD = [
  namespace('shop', { team: 'a' }),
  namespace('pay', { team: 'b' }),
  namespace('kube-system'),
  node('n1', '10.0.0.1'),
  node('n2', '10.0.0.2'),
  pod('shop/web', 'n1', [{ name: 'http', containerPort: 8080 }]),
  pod('shop/db', 'n2', [{ name: 'sql', containerPort: 5432 }]),
  pod('pay/api', 'n1', [{ name: 'http', containerPort: 9000 }]),
  pod('pay/dns', 'n2', [{ name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53 }]),
  pod('kube-system/agent', 'n1', [], { hostNetwork: true }),
];

const READ_AS = new Map([
  ['networking.k8s.io/v1 NetworkPolicy', 'networkPolicies'],
  ['networking.k8s.aws/v1alpha1 ApplicationNetworkPolicy', 'applicationNetworkPolicies'],
  ['networking.k8s.aws/v1alpha1 ClusterNetworkPolicy', 'eksClusterNetworkPolicies'],
  ['policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy', 'clusterNetworkPolicies'],
] as const);

type Objects = Parameters<typeof answersOf>[0]['objects'];

function verdicts({ mode, packets }: EksCase, policies: readonly object[]): readonly boolean[] {
  const { conventions, reads } = engineReading({ engine: 'VPC CNI', mode: mode ?? 'standard' });
  const read = (policies as Objects).filter(({ apiVersion, kind }) => reads.has(READ_AS.get(`${apiVersion} ${kind}` as never)!));
  const end = (name: string) => (POD_ADDRESSES.has(name) ? name : { ip: name });
  const address = (name: string): string => POD_ADDRESSES.get(name) ?? name;
  const probes = packets.map(([from, to, protocol, port]) => ({ from: end(from), to: end(to), fromIP: address(from), toIP: address(to), protocol, port }));
  return answersOf({ objects: [...(WORLD as unknown as Objects), ...read], probes }, conventions);
}

const expected = ({ packets }: EksCase): readonly boolean[] => packets.map(([, , , , arrives]) => arrives);

test.each(EKS_CASES.map((each) => [each.name, each] as const))('%s', (_, each) => {
  expect(verdicts(each, each.policies)).toEqual(expected(each));
  // What was written comes out the same whatever the order of the list.
  expect(verdicts(each, [...each.policies].reverse())).toEqual(expected(each));
});

test('each says what it follows, and would fail if its policies did nothing, but for those that say so', () => {
  const unlike = (each: EksCase): boolean => JSON.stringify(verdicts({ ...each, mode: undefined } as never, [])) !== JSON.stringify(expected(each));
  expect(EKS_CASES.filter(({ changesNothing, ...each }) => unlike(each) === (changesNothing === true)).map(({ name }) => name)).toEqual([]);
  expect(EKS_CASES.filter(({ source, inferred }) => !source.startsWith('https://') || !inferred)).toEqual([]);
  expect(new Set(EKS_CASES.map(({ name }) => name)).size).toBe(EKS_CASES.length);
  expect(EKS_CASES.length).toBeGreaterThanOrEqual(40);
});
