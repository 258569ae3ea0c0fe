import { describe, expect, test } from '@jest/globals';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { setOfCidrs } from '../../../lambda/facts/cidr/address-set.ts';
import { answerReach } from '../../../lambda/facts/network/reach/answer-reach.ts';
import { LIVE_FIELDS, liveEndsOf } from '../../../lambda/facts/network/reach/live-ends.ts';
import type { AskedEnd, ReachPorts } from '../../../lambda/facts/network/reach/reach-answer.ts';
import { CALICO, CILIUM, ciliumConfig, ENFORCED, namespace, networkPolicy } from '../../checks/network/objects.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';

// Pods of the host network: nobody's subject, named by no labels, and on the wire their node, which an ipBlock may mean; their own node always reaches a pod.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods

const PLAN = collectionPlan(CHECKS, LIVE_FIELDS);

const node = (name: string, address: string): object => ({ metadata: { name, labels: { 'kubernetes.io/os': 'linux' } }, status: { addresses: [{ type: 'InternalIP', address }] } });
const daemonSet = (name: string): object => ({ metadata: { namespace: 'ops', name }, spec: { template: { metadata: { labels: { app: name } }, spec: { hostNetwork: true, containers: [{ name: 'c' }] } } } });
const pod = (space: string, name: string, on: string, address: string, hostOf?: string): object => ({
  metadata: { namespace: space, name, labels: { app: hostOf ?? name }, ...(hostOf === undefined ? {} : { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: hostOf, controller: true }] }) },
  spec: { nodeName: on, hostNetwork: hostOf !== undefined, containers: [{ name: 'c' }] },
  status: { phase: 'Running', podIPs: [{ ip: address }] },
});
const OWN = [pod('shop', 'db', 'n2', '10.1.0.2'), pod('shop', 'web', 'n1', '10.1.0.1')];
const AGENTS = [pod('ops', 'agent-1', 'n1', '10.0.0.1', 'agent'), pod('ops', 'agent-2', 'n2', '10.0.0.2', 'agent'), pod('ops', 'probe-1', 'n1', '10.0.0.1', 'probe')];
const CLUSTER = { namespaces: ['shop', 'ops', 'kube-system'].map((name) => namespace(name)), nodes: [node('n1', '10.0.0.1'), node('n2', '10.0.0.2'), node('n3', '10.0.0.3')], pods: [...OWN, ...AGENTS] };
const HOSTS = [daemonSet('agent'), daemonSet('probe')];
const ENGINES = {
  'VPC CNI': { vpcCniConfig: ENFORCED.vpcCniConfig, daemonSets: [...ENFORCED.daemonSets, ...HOSTS] },
  Calico: { daemonSets: [CALICO, ...HOSTS] },
  Cilium: { daemonSets: [CILIUM, ...HOSTS], ciliumConfig: [ciliumConfig({ 'enable-policy': 'default' })] },
  'Cilium, told that blocks mean nodes': { daemonSets: [CILIUM, ...HOSTS], ciliumConfig: [ciliumConfig({ 'policy-cidr-match-mode': 'pods,nodes' })] },
};
type Engine = keyof typeof ENGINES;

const named = (space: string, name: string): AskedEnd => ({ type: 'named', namespace: space, name });
const address = (text: string): AskedEnd => ({ type: 'addresses', text, set: setOfCidrs([`${text}/32`]).set });
const AGENT = named('ops', 'agent');
const AGENT_1 = named('ops', 'agent-1');
const DB = named('shop', 'db');

function asked(engine: Engine, networkPolicies: readonly object[], from: AskedEnd, to: AskedEnd, more: object = {}) {
  const resolver = createFactResolver(snapshotOf({ ...CLUSTER, ...ENGINES[engine], networkPolicies, ...more } as GivenSources, {}, PLAN));
  const ends = resolver.fact('reachEnds');
  if (!ends.ok) throw new Error('reachEnds was not derived');
  const { live } = liveEndsOf(resolver, ends.value.workloads);
  return answerReach(ends.value, resolver.fact('policyEnforcement'), { from, to }, live).rows;
}

const short = (ports: ReachPorts | undefined): unknown => (ports === undefined ? 'unknown' : ports.all ? 'all' : ports.ports.map(({ first }) => first));
/** As written, and as enforced. */
const verdict = (...[engine, policies, from, to, more]: Parameters<typeof asked>): unknown => asked(engine, policies, from, to, more).map(({ written, enforced }) => [short(written), short(enforced)]);

const policy = (peer: object) => [networkPolicy('shop', 'p', { policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [peer], ports: [{ port: 80 }] }], egress: [{ to: [peer], ports: [{ port: 81 }] }] })];
const BY_LABEL = policy({ namespaceSelector: {}, podSelector: { matchLabels: { app: 'agent' } } });
const BY_NAMESPACE = policy({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } });
const BY_BLOCK = policy({ ipBlock: { cidr: '10.0.0.0/24' } });
const NOBODY = [[[], []]];

describe('as a peer', () => {
  test('by its labels it is nobody, but for the VPC CNI, by its source, whatever is on its node', () => {
    for (const engine of ['Calico', 'Cilium'] as const) {
      for (const policies of [BY_LABEL, BY_NAMESPACE]) expect([verdict(engine, policies, AGENT_1, DB), verdict(engine, policies, DB, AGENT_1)]).toEqual([NOBODY, NOBODY]);
    }
    for (const policies of [BY_LABEL, BY_NAMESPACE]) {
      expect([verdict('VPC CNI', policies, AGENT_1, DB), verdict('VPC CNI', policies, DB, AGENT_1)]).toEqual([[[[], [80]]], [[[], [81]]]]);
      expect([verdict('VPC CNI', policies, address('10.0.0.1'), DB), verdict('VPC CNI', policies, DB, address('10.0.0.1'))]).toEqual([[[[], [80]]], [[[], [81]]]]);
      expect(verdict('VPC CNI', policies, named('ops', 'probe-1'), DB)).toEqual([[[], [80]]]);
    }
    expect(verdict('VPC CNI', BY_LABEL, address('10.0.0.3'), DB)).toEqual(NOBODY);
    expect(verdict('VPC CNI', policy({ podSelector: {} }), AGENT_1, DB)).toEqual(NOBODY);
    expect(verdict('VPC CNI', policy({ namespaceSelector: { matchLabels: { team: 'x' } } }), AGENT_1, DB)).toEqual(NOBODY);
  });

  test('by the address of its node it is in a block, but for Cilium', () => {
    const open = [[[[80], [80]]], [[[81], [81]]]];
    for (const engine of ['VPC CNI', 'Calico', 'Cilium, told that blocks mean nodes'] as const) expect([verdict(engine, BY_BLOCK, AGENT_1, DB), verdict(engine, BY_BLOCK, DB, AGENT_1)]).toEqual(open);
    expect([verdict('Cilium', BY_BLOCK, AGENT_1, DB), verdict('Cilium', BY_BLOCK, DB, AGENT_1)]).toEqual([[[[80], []]], [[[81], []]]]);
    expect(verdict('Cilium', BY_BLOCK, address('10.0.0.1'), DB)).toEqual([[[80], []]]);
    // What is no node's is matched.
    expect(verdict('Cilium', BY_BLOCK, address('10.0.0.77'), DB)).toEqual([[[80], [80]]]);
    for (const engine of Object.keys(ENGINES) as Engine[]) expect(verdict(engine, policy({ ipBlock: { cidr: '10.0.9.0/24' } }), AGENT_1, DB)).toEqual(NOBODY);
  });

  test('it is among everybody', () => {
    const policies = [networkPolicy('shop', 'p', { ingress: [{ ports: [{ port: 80 }] }] })];
    for (const engine of Object.keys(ENGINES) as Engine[]) expect(verdict(engine, policies, AGENT_1, DB)).toEqual([[[80], [80]]]);
  });

  test('of a tier of EKS by its labels too', () => {
    const eksClusterNetworkPolicies = [{ metadata: { name: 'x' }, spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ingress: [{ action: 'Deny', from: [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'agent' } } } }] }] } }];
    expect(verdict('VPC CNI', [], AGENT_1, DB, { eksClusterNetworkPolicies })).toEqual([['all', []]]);
    expect(verdict('VPC CNI', [], address('10.0.0.3'), DB, { eksClusterNetworkPolicies })).toEqual([['all', 'all']]);
  });

  test('that is declared and does not run, it is where nodes are', () => {
    const more = { pods: OWN };
    expect(verdict('Calico', BY_BLOCK, AGENT, DB, more)).toEqual([[[80], [80]]]);
    expect(verdict('VPC CNI', BY_LABEL, AGENT, DB, more)).toEqual([[[], [80]]]);
    expect(verdict('VPC CNI', BY_LABEL, named('ops', 'probe'), DB, more)).toEqual(NOBODY);
  });
});

describe('the own node', () => {
  const DENY = [networkPolicy('shop', 'deny', { policyTypes: ['Ingress', 'Egress'] })];

  test('is that of some pods of a DaemonSet alone', () => {
    const there = { exempt: 'own-node', written: { all: true }, enforced: { all: true }, reasons: [] };
    const elsewhere = { exempt: undefined, written: { all: false, ports: [] }, enforced: { all: false, ports: [] } };
    const [own, other] = ['DaemonSet ops/agent (1 of 2 pods: agent-2)', 'DaemonSet ops/agent (1 of 2 pods: agent-1)'];
    expect(asked('Calico', DENY, AGENT, DB)).toMatchObject([{ from: own, to: 'Pod shop/db', ...there }, { from: other, to: 'Pod shop/db', ...elsewhere }]);
    expect(asked('Calico', DENY, DB, AGENT)).toMatchObject([{ from: 'Pod shop/db', to: own, ...there }, { from: 'Pod shop/db', to: other, ...elsewhere }]);
    expect(asked('Calico', DENY, named('ops', 'probe'), DB)).toMatchObject([{ from: 'DaemonSet ops/probe', ...elsewhere }]);
    expect(asked('Calico', DENY, named('ops', 'probe'), named('shop', 'web'))).toMatchObject([{ from: 'DaemonSet ops/probe', ...there }]);
  });
});

test('no policy is about it: whoever is asked reaches it, and it whomever policies let it', () => {
  const policies = [networkPolicy('ops', 'deny', { policyTypes: ['Ingress', 'Egress'] })];
  for (const engine of Object.keys(ENGINES) as Engine[]) {
    for (const [from, to] of [[address('192.0.2.1'), AGENT_1], [AGENT_1, address('192.0.2.1')], [DB, AGENT_1], [AGENT_1, named('ops', 'probe-1')]] as const) expect(verdict(engine, policies, from, to)).toEqual([['all', 'all']]);
  }
});
