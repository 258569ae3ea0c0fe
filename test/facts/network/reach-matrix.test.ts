import { expect, test } from '@jest/globals';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { reachMatrix, type ReachMatrix } from '../../../lambda/facts/network/reach/reach-matrix.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';

const NAMESPACES = ['shop', 'pay'].map((name) => ({ metadata: { name } }));
const WINDOWS = { nodeSelector: { 'kubernetes.io/os': 'windows' } };

function deployment(namespace: string, name: string, spec: object = {}): object {
  return { metadata: { namespace, name }, spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'a' }], ...spec } } } };
}

const DENY = ['shop', 'pay'].map((namespace) => ({ metadata: { namespace, name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } }));
const VPC_CNI = {
  daemonSets: [{ metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'aws-node' }, { name: 'aws-eks-nodeagent', args: ['--enable-network-policy=true'] }] } } } }],
  vpcCniConfig: [{ metadata: { namespace: 'kube-system', name: 'amazon-vpc-cni' }, data: { 'enable-network-policy-controller': 'true' } }],
  nodes: ['linux', 'windows'].map((os) => ({ metadata: { name: os, labels: { 'kubernetes.io/os': os } } })),
};

function matrixOf(given: object): ReachMatrix {
  const resolver = createFactResolver(snapshotOf(given as GivenSources));
  const ends = resolver.fact('reachEnds');
  if (!ends.ok) throw new Error(JSON.stringify(ends.unread));
  return reachMatrix(ends.value, resolver.fact('policyEnforcement'));
}

test('each side counts as its own nodes enforce', () => {
  const deployments = [deployment('shop', 'web'), deployment('pay', 'bank'), deployment('pay', 'iis', WINDOWS)];
  expect(matrixOf({ namespaces: NAMESPACES, deployments, networkPolicies: DENY, ...VPC_CNI })).toEqual({
    namespaces: [{ name: 'pay', workloads: 2 }, { name: 'shop', workloads: 1 }],
    written: [[0, 0], [0, 0]],
    // No engine enforces on Windows: everybody reaches iis there.
    enforced: [[1, 0], [1, 0]],
    hostNetwork: 1,
    withoutNodes: 0,
    notes: [],
  });
});

test('a namespace whose pods an engine that is not read may close is not known', () => {
  const calicoNetworkPolicies = [{ metadata: { namespace: 'pay', name: 'x' }, spec: { selector: 'all()' } }];
  const { written, enforced, notes } = matrixOf({ namespaces: NAMESPACES, deployments: [deployment('shop', 'web'), deployment('shop', 'db'), deployment('pay', 'bank')], calicoNetworkPolicies, ...VPC_CNI });
  expect([written, enforced]).toEqual([[[undefined, undefined], [undefined, 2]], [[undefined, undefined], [undefined, 2]]]);
  expect(notes).toHaveLength(1);
});

test('nothing at all is a matrix too', () => {
  expect(matrixOf({})).toEqual({ namespaces: [], written: [], enforced: [], hostNetwork: 0, withoutNodes: 0, notes: [] });
});
