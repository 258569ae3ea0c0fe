import { expect, test } from '@jest/globals';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';

const NAMESPACES = ['shop', 'pay', 'free'].map((name) => ({ metadata: { name, labels: { 'kubernetes.io/metadata.name': name } } }));

function deployment(namespace: string, name: string, spec: object = {}): object {
  return { metadata: { namespace, name }, spec: { selector: {}, template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'a' }], ...spec } } } };
}

function policy(namespace: string, name: string, spec: object): object {
  return { metadata: { namespace, name }, spec };
}

function measured(given: object) {
  const fact = createFactResolver(snapshotOf(given as GivenSources)).fact('reachMeasures');
  if (!fact.ok) throw new Error(JSON.stringify(fact.unread));
  return fact.value;
}

const CLUSTER = {
  namespaces: NAMESPACES,
  deployments: [deployment('shop', 'web'), deployment('shop', 'db'), deployment('pay', 'bank'), deployment('free', 'toy'), deployment('free', 'agent', { hostNetwork: true })],
  endpointSlices: [{ metadata: { namespace: 'default', name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } }, endpoints: [{ addresses: ['10.0.1.5'] }], ports: [{ port: 443 }] }],
};

test('without a policy everybody reaches everybody and everything', () => {
  expect(measured(CLUSTER)).toEqual({
    workloads: 4,
    pairs: { reachable: 12, of: 12 },
    acrossNamespaces: { reachable: 10, of: 10 },
    blastRadius: { median: 3, maximum: 3 },
    isolated: { ingress: 0, egress: 0, both: 0 },
    reaching: { metadataService: 4, internet: 4, apiServer: 4 },
  });
});

test('what both ends let through counts, and nothing else', () => {
  const networkPolicies = [
    policy('pay', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('shop', 'db', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }] }),
    policy('shop', 'web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }], ports: [{ port: 5432 }] }, { to: [{ ipBlock: { cidr: '0.0.0.0/1' } }, { ipBlock: { cidr: '128.0.0.0/1', except: ['169.254.169.254/32'] } }], ports: [{ port: 443 }] }] }),
  ];
  const pods = [{ metadata: { namespace: 'shop', name: 'web-1', ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', controller: true }] }, spec: { containers: [] }, status: { podIP: '10.0.9.9' } }];
  expect(measured({ ...CLUSTER, networkPolicies, pods })).toEqual({
    workloads: 4,
    // web to db by name; web to toy by its address; toy to web. Nobody to or from bank, nothing from db.
    pairs: { reachable: 3, of: 12 },
    acrossNamespaces: { reachable: 2, of: 10 },
    blastRadius: { median: 0, maximum: 2 },
    isolated: { ingress: 2, egress: 3, both: 2 },
    reaching: { metadataService: 1, internet: 2, apiServer: 2 },
  });
});

test('a rule that is written alike in two namespaces means the pods of each', () => {
  const own = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] };
  const networkPolicies = ['shop', 'pay', 'free'].map((namespace) => policy(namespace, 'own', own));
  const { pairs, acrossNamespaces } = measured({ ...CLUSTER, networkPolicies });
  // web to db and back.
  expect({ pairs, acrossNamespaces }).toEqual({ pairs: { reachable: 2, of: 12 }, acrossNamespaces: { reachable: 0, of: 10 } });
});

test('workloads whose labels no selector names are counted each, however alike policies find them', () => {
  const deployments = ['a', 'b', 'c', 'd'].map((name) => deployment('shop', name));
  const networkPolicies = [policy('shop', 'a', { podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['b'] }] } }] }] })];
  const { workloads, pairs, blastRadius } = measured({ namespaces: NAMESPACES, deployments, networkPolicies });
  // b does not reach a.
  expect({ workloads, pairs, blastRadius }).toEqual({ workloads: 4, pairs: { reachable: 11, of: 12 }, blastRadius: { median: 3, maximum: 3 } });
});

test('where the API server answers is said to be unknown where nothing tells', () => {
  expect(measured({ ...CLUSTER, endpointSlices: [] }).reaching.apiServer).toBeNull();
});

test('an empty cluster has measures too', () => {
  expect(measured({})).toEqual({
    workloads: 0,
    pairs: { reachable: 0, of: 0 },
    acrossNamespaces: { reachable: 0, of: 0 },
    blastRadius: { median: 0, maximum: 0 },
    isolated: { ingress: 0, egress: 0, both: 0 },
    reaching: { metadataService: 0, internet: 0, apiServer: null },
  });
});
