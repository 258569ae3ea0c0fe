import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { treeForSource } from '../../../lambda/collect/fields/source-trees.ts';
import { project } from '../../../lambda/collect/fields/field-tree.ts';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { setOfCidrs } from '../../../lambda/facts/cidr/address-set.ts';
import { answerReach } from '../../../lambda/facts/network/reach/answer-reach.ts';
import { LIVE_FIELDS, liveEndsOf } from '../../../lambda/facts/network/reach/live-ends.ts';
import type { AskedEnd, ReachAnswer } from '../../../lambda/facts/network/reach/reach-answer.ts';
import type { PortInterval } from '../../../lambda/facts/network/reachability/port-table.ts';
import { EVERY } from '../../../lambda/model/fields.ts';
import type { Snapshot } from '../../../lambda/model/snapshot.ts';
import { junkSources } from '../../assess/junk-plan.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';

const PLAN = collectionPlan(CHECKS, LIVE_FIELDS);

const owner = (kind: string, name: string, apiVersion = 'apps/v1'): object[] => [{ apiVersion, kind, name, controller: true }];
const template = (app: string, spec: object = {}): object => ({ metadata: { labels: { app } }, spec: { containers: [{ name: 'c', image: 'a', ports: [{ name: 'http', containerPort: 80 }] }], ...spec } });
const pod = (name: string, by: object[], ip: string, more: { labels?: object; node?: string; port?: number; phase?: string; hostNetwork?: boolean } = {}): object => ({
  metadata: { namespace: 'shop', name, labels: { app: 'web', 'pod-template-hash': name, ...more.labels }, ownerReferences: by },
  spec: { nodeName: more.node ?? 'ec2', hostNetwork: more.hostNetwork ?? false, containers: [{ name: 'c', image: 'a', ports: [{ name: 'http', containerPort: more.port ?? 80 }] }] },
  status: { phase: more.phase ?? 'Running', podIPs: [{ ip }] },
});
const NODES = [{ name: 'ec2', ip: '10.9.0.1' }, { name: 'fargate', ip: '10.9.0.2', type: 'fargate' }].map(({ name, ip, type }) => ({
  metadata: { name, labels: { 'kubernetes.io/os': 'linux', ...(type ? { 'eks.amazonaws.com/compute-type': type } : {}) } },
  status: { addresses: [{ type: 'InternalIP', address: ip }] },
}));
const VPC_CNI = {
  daemonSets: [{ metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'aws-node' }, { name: 'aws-eks-nodeagent', args: ['--enable-network-policy=true'] }] } } } }],
  vpcCniConfig: [{ metadata: { namespace: 'kube-system', name: 'amazon-vpc-cni' }, data: { 'enable-network-policy-controller': 'true' } }],
};
const CLUSTER = {
  namespaces: [{ metadata: { name: 'shop' } }],
  nodes: NODES,
  ...VPC_CNI,
  deployments: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { template: template('web') } }, { metadata: { namespace: 'shop', name: 'db' }, spec: { template: template('db') } }],
  replicaSets: [{ metadata: { namespace: 'shop', name: 'web-1', ownerReferences: owner('Deployment', 'web') }, spec: { template: template('web') } }],
};

function snapshot(given: object): Snapshot {
  return snapshotOf(given as GivenSources, {}, PLAN);
}

function ask(given: object | Snapshot, from: AskedEnd, to?: AskedEnd, port?: PortInterval): ReachAnswer {
  const resolver = createFactResolver('sources' in given ? (given as Snapshot) : snapshot(given));
  const ends = resolver.fact('reachEnds');
  if (!ends.ok) return { rows: [], missing: [], declared: [], notes: [] };
  const { live } = liveEndsOf(resolver, ends.value.workloads);
  return answerReach(ends.value, resolver.fact('policyEnforcement'), { from, ...(to ? { to } : {}), ...(port ? { port } : {}) }, live);
}

const named = (name: string): AskedEnd => ({ type: 'named', namespace: 'shop', name });
const address = (text: string): AskedEnd => ({ type: 'addresses', text, set: setOfCidrs([`${text}/32`]).set });
const short = ({ rows }: ReachAnswer): unknown => rows.map(({ from, to, written, enforced }) => [from, to, written.all ? 'all' : written.ports.map(({ first }) => first), enforced === undefined ? 'unknown' : enforced.all ? 'all' : enforced.ports.map(({ first }) => first)]);

const INGRESS = [{ metadata: { namespace: 'shop', name: 'from-half' }, spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/25' } }], ports: [{ port: 5432 }] }] } }];

test('pods of one workload that policies do tell apart are rows of their own; a rollout alone tells none apart', () => {
  const pods = [pod('web-1-a', owner('ReplicaSet', 'web-1'), '10.0.0.1'), pod('web-1-b', owner('ReplicaSet', 'web-1'), '10.0.0.2'), pod('web-1-c', owner('ReplicaSet', 'web-1'), '10.0.0.200')];
  const answer = ask({ ...CLUSTER, pods, networkPolicies: INGRESS, nodes: NODES.slice(0, 1) }, named('web'), named('db'));
  expect(short(answer)).toEqual([
    ['Deployment shop/web (2 of 3 pods: web-1-a, web-1-b)', 'Deployment shop/db', [5432], [5432]],
    ['Deployment shop/web (1 of 3 pods: web-1-c)', 'Deployment shop/db', [], []],
  ]);
  expect(answer.declared).toEqual(['Deployment shop/db']);
  expect(short(ask({ ...CLUSTER, pods, nodes: NODES.slice(0, 1) }, named('web'), named('db')))).toEqual([['Deployment shop/web', 'Deployment shop/db', 'all', 'all']]);
});

test('labels of the pods themselves count, and the ports that they name', () => {
  const policy = { metadata: { namespace: 'shop', name: 'labelled' }, spec: { podSelector: { matchLabels: { patched: 'yes' } }, ingress: [{ ports: [{ port: 'http' }] }] } };
  const pods = [pod('web-1-a', owner('ReplicaSet', 'web-1'), '10.0.0.1', { labels: { patched: 'yes' }, port: 8080 }), pod('web-1-b', owner('ReplicaSet', 'web-1'), '10.0.0.2')];
  expect(short(ask({ ...CLUSTER, nodes: NODES.slice(0, 1), pods, networkPolicies: [policy] }, named('db'), named('web')))).toEqual([
    ['Deployment shop/db', 'Deployment shop/web (1 of 2 pods: web-1-a)', [8080], [8080]],
    ['Deployment shop/db', 'Deployment shop/web (1 of 2 pods: web-1-b)', 'all', 'all'],
  ]);
});

test('the node that a pod runs on says who enforces: what is unknown of a workload is known of its pods', () => {
  const deny = [{ metadata: { namespace: 'shop', name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } }];
  expect(short(ask({ ...CLUSTER, networkPolicies: deny }, address('192.0.2.1'), named('web')))).toEqual([['192.0.2.1', 'Deployment shop/web', [], 'unknown']]);
  const pods = [pod('web-1-a', owner('ReplicaSet', 'web-1'), '10.0.0.1'), pod('web-1-b', owner('ReplicaSet', 'web-1'), '10.0.0.2', { node: 'fargate' })];
  expect(short(ask({ ...CLUSTER, networkPolicies: deny, pods }, address('192.0.2.1'), named('web')))).toEqual([
    ['192.0.2.1', 'Deployment shop/web (1 of 2 pods: web-1-a)', [], []],
    ['192.0.2.1', 'Deployment shop/web (1 of 2 pods: web-1-b)', [], 'all'],
  ]);
});

test('finished pods are gone; one pod reaches itself, and its node reaches it', () => {
  const deny = [{ metadata: { namespace: 'shop', name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }];
  const given = { ...CLUSTER, networkPolicies: deny, pods: [pod('web-1-a', owner('ReplicaSet', 'web-1'), '10.0.0.1'), pod('web-1-b', owner('ReplicaSet', 'web-1'), '10.0.0.2', { phase: 'Succeeded' })] };
  expect(ask(given, named('web'), named('web')).rows).toMatchObject([{ from: 'Deployment shop/web', exempt: 'self' }]);
  expect(ask(given, named('web-1-a'), named('web-1-a')).rows).toMatchObject([{ from: 'Pod shop/web-1-a', exempt: 'self', written: { all: true } }]);
  expect(ask(given, address('10.9.0.1'), named('web-1-a')).rows).toMatchObject([{ to: 'Pod shop/web-1-a', exempt: 'own-node' }]);
  expect(ask(given, address('10.9.0.2'), named('web-1-a')).rows).toMatchObject([{ exempt: undefined, written: { all: false, ports: [] } }]);
  expect(ask(given, named('web-1-b')).missing).toEqual(['shop/web-1-b']);
});

test('pods of what was not read are asked about under the name of what made them', () => {
  const pods = [pod('web-1-a', owner('ReplicaSet', 'web-1'), '10.0.0.1'), pod('job-1', owner('Job', 'job', 'batch/v1'), '10.0.0.3')];
  expect(short(ask({ ...CLUSTER, replicaSets: [], pods }, { type: 'namespace', namespace: 'shop' }, address('192.0.2.1')))).toEqual([
    ['Deployment shop/db', '192.0.2.1', 'all', 'unknown'],
    ['Deployment shop/web', '192.0.2.1', 'all', 'unknown'],
    ['ReplicaSet shop/web-1', '192.0.2.1', 'all', 'all'],
    ['Job shop/job', '192.0.2.1', 'all', 'all'],
  ]);
});

describe('more ports than the VPC CNI holds for one peer', () => {
  const ON_EC2 = { ...CLUSTER, nodes: NODES.slice(0, 1) };
  const CALICO = { ...ON_EC2, daemonSets: [{ metadata: { namespace: 'calico-system', name: 'calico-node' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'calico-node', image: 'quay.io/calico/node:v3.31.0' }] } } } }], vpcCniConfig: [] };
  const ports = (first: number, count: number): object[] => Array.from({ length: count }, (_, at) => ({ port: first + 2 * at }));
  const told = (count: number): object[] => Array.from({ length: count }, (_, at) => ({ protocol: 'TCP', first: 1000 + 2 * at, last: 1000 + 2 * at }));
  const rule = (list: readonly object[], peer: object = { podSelector: { matchLabels: { app: 'web' } } }): object => ({ from: [peer], ports: list });
  const policy = (name: string, ...ingress: readonly object[]): object => ({ metadata: { namespace: 'shop', name }, spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'], ingress } });
  const enforced = (networkPolicies: readonly object[], more: object = {}, port?: number): unknown => {
    const { rows, notes } = ask({ ...ON_EC2, networkPolicies, ...more }, named('web'), named('db'), port === undefined ? undefined : { protocol: 'TCP', first: port, last: port });
    const [row] = rows;
    return [row!.enforced === undefined ? 'unknown' : row!.enforced.all ? 'all' : row!.enforced.ports.length, notes.length];
  };

  test('makes unknown what is enforced, and says why', () => {
    expect(enforced([policy('a', rule(ports(1000, 24)))])).toEqual([24, 0]);
    expect(enforced([policy('a', rule(ports(1000, 25)))])).toEqual(['unknown', 1]);
    const { rows, notes } = ask({ ...ON_EC2, networkPolicies: [policy('a', rule(ports(1000, 25)))] }, named('web'), named('db'));
    expect(rows[0]!.written).toEqual({ all: false, ports: told(25) });
    expect(notes).toEqual(['by its source the VPC CNI holds 24 ports and ranges for one peer and drops the rest: where policies give more, which of them count is unknown']);
    expect(enforced([policy('a', rule(ports(1000, 25)))], CALICO)).toEqual([25, 0]);
  });

  test('adds up over rules and policies what is about the peer, each port once, and a rule for all ports as one', () => {
    expect(enforced([policy('a', rule(ports(1000, 13))), policy('b', rule(ports(2000, 12), { namespaceSelector: {} }))])).toEqual(['unknown', 1]);
    expect(enforced([policy('a', rule(ports(1000, 13))), policy('b', rule(ports(1000, 24), { namespaceSelector: {} }))])).toEqual([24, 0]);
    expect(enforced([policy('a', rule(ports(1000, 13)), rule(ports(2000, 12), { podSelector: { matchLabels: { app: 'other' } } }))])).toEqual([13, 0]);
    expect(enforced([policy('a', rule(ports(1000, 24)), { from: [{ namespaceSelector: {} }] })])).toEqual(['unknown', 1]);
    expect(enforced([policy('a', rule(ports(1000, 23)), { from: [{ namespaceSelector: {} }] })])).toEqual(['all', 0]);
    expect(enforced([policy('a', rule([{ port: 1, endPort: 2000 }, { port: 1, endPort: 3000 }, ...ports(4000, 22)]))])).toEqual([23, 0]);
    expect(enforced([policy('a', rule([{ port: 1, endPort: 2000 }, { port: 1, endPort: 3000 }, ...ports(4000, 23)]))])).toEqual(['unknown', 1]);
  });

  test('counts names of ports that the pod has', () => {
    expect(enforced([policy('a', rule([{ port: 'http' }, ...ports(1000, 24)]))])).toEqual(['unknown', 1]);
    expect(enforced([policy('a', rule([{ port: 'gone' }, ...ports(1000, 24)]))])).toEqual([24, 0]);
    const out = (to: object): object => ({ metadata: { namespace: 'shop', name: 'out' }, spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ to: [to], ports: [{ port: 'http' }, ...ports(1000, 24)] }] } });
    expect(enforced([out({ podSelector: { matchLabels: { app: 'db' } } })])).toEqual(['unknown', 1]);
    // By address a name means nothing to it.
    const pods = [pod('db-1', [], '10.0.0.7', { labels: { app: 'db' } })];
    const toBlock = ask({ ...ON_EC2, pods, networkPolicies: [out({ ipBlock: { cidr: '10.0.0.0/24' } })] }, named('web'), named('db-1'));
    expect(toBlock.rows[0]!.enforced).toEqual({ all: false, ports: told(24) });
  });

  test('opens nothing that no rule opens', () => {
    expect(enforced([policy('a', rule(ports(1000, 25)))], {}, 1000)).toEqual(['unknown', 1]);
    expect(enforced([policy('a', rule(ports(1000, 25)))], {}, 999)).toEqual([0, 0]);
    const shut = { metadata: { namespace: 'shop', name: 'shut' }, spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] } };
    expect(enforced([policy('a', rule(ports(1000, 25))), shut])).toEqual([0, 0]);
  });

  test('of a tier may lose what denies', () => {
    const tier = (count: number): object => ({
      eksClusterNetworkPolicies: [{ metadata: { name: 'x' }, spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ingress: [{ action: 'Deny', from: [{ namespaces: {} }], ports: ports(1000, count).map((each) => ({ portNumber: each })) }] } }],
    });
    expect(enforced([], tier(24), 1000)).toEqual([0, 0]);
    expect(enforced([], tier(25), 1000)).toEqual(['unknown', 1]);
    const shut = { metadata: { namespace: 'shop', name: 'shut' }, spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] } };
    expect(enforced([shut], tier(25), 1000)).toEqual([0, 0]);
  });
});

test('an audit keeps of pods that controllers made where they are, and nothing more; who asks for it gets it', () => {
  expect(Object.values(collectionPlan()).flat().filter((path) => path.startsWith(EVERY))).toEqual([`${EVERY}spec.hostNetwork`, `${EVERY}status.podIP`]);
  const object = pod('web-1-a', owner('ReplicaSet', 'web-1'), '10.0.0.1') as { readonly metadata: object };
  const by = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
  const kept = project({ ...object, status: { phase: 'Running', podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }] } }, treeForSource(collectionPlan(), 'pods')(by));
  expect(kept).toEqual({ metadata: object.metadata, spec: { hostNetwork: false }, status: { podIP: '10.0.0.1' } });
  expect(project(object, treeForSource(PLAN, 'pods')(by))).toEqual({ ...object, spec: { nodeName: 'ec2', hostNetwork: false, containers: [{ ports: [{ name: 'http', containerPort: 80 }] }] } });
});

test('a capture that did not keep it leaves workloads judged as they are declared, and says so', () => {
  const before: Snapshot = { ...snapshot(CLUSTER), fields: collectionPlan() };
  const { live, unread } = liveEndsOf(createFactResolver(before), []);
  expect([live, unread.map(({ source, reason }) => [source, reason.code])]).toEqual([undefined, [['pods', 'fields-not-kept']]]);
});

test('values of the wrong type are no error', () => {
  fc.assert(
    fc.property(junkSources, (sources) => {
      expect(() => ask({ ...snapshotOf({}), sources } as Snapshot, { type: 'namespace', namespace: 'shop' })).not.toThrow();
    }),
    { numRuns: 100 },
  );
});
