import { describe, expect, test } from '@jest/globals';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import type { Facts } from '../../../lambda/facts/facts.ts';
import { admitsPort } from '../../../lambda/facts/network/policy.ts';
import { networkPolicy } from '../../checks/network/objects.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';

function factOf<K extends keyof Facts>(name: K, sources: GivenSources): Facts[K] {
  const derived = createFactResolver(snapshotOf(sources)).fact(name);
  if (!derived.ok) throw new Error(`${name} was refused`);
  return derived.value;
}

describe('NetworkPolicies as they are meant', () => {
  const one = (spec: object) => factOf('namespacedPolicies', { networkPolicies: [networkPolicy('shop', 'p', spec)] })[0]!;

  test.each([
    [{}, ['ingress']],
    [{ egress: [] }, ['ingress']],
    [{ egress: [{}] }, ['ingress', 'egress']],
    [{ ingress: [{}] }, ['ingress']],
    [{ policyTypes: [] }, ['ingress']],
    [{ policyTypes: ['Egress'] }, ['egress']],
    [{ policyTypes: ['Ingress'], egress: [{}] }, ['ingress']],
    [{ policyTypes: ['Egress', 'Ingress'] }, ['ingress', 'egress']],
    [{ policyTypes: ['egress'] }, []],
  ])('%j isolates %j', (spec, expected) => expect(one(spec).isolates).toEqual(expected));

  test('rules keep their place, peers their kind, ports their defaults', () => {
    const { rules } = one({
      ingress: [
        { from: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: [{ port: 'http' }, { protocol: 'UDP', port: 53, endPort: 60 }, {}] },
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', 'x'] } }, {}] },
      ],
    });
    expect(rules.ingress.map(({ index, everybody, peers, ports }) => ({ index, everybody, peers: peers.map(({ type }) => type), ports }))).toEqual([
      { index: 0, everybody: false, peers: ['pods'], ports: [{ protocol: 'TCP', port: 'http' }, { protocol: 'UDP', port: 53, endPort: 60 }, { protocol: 'TCP' }] },
      { index: 1, everybody: false, peers: ['block', 'other'], ports: [] },
    ]);
    expect(one({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['x'] } }] }] }).malformed).toEqual(['x']);
  });

  test('what is written alike is one object, and a number without a text of its own is not taken for nothing', () => {
    const [a, b, c] = factOf('namespacedPolicies', {
      networkPolicies: [
        networkPolicy('pay', 'p', { podSelector: { matchLabels: { app: 'x' } }, ingress: [{ ports: [{ port: 80 }] }] }),
        networkPolicy('shop', 'p', { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['x'] }] }, ingress: [{ ports: [{ port: 80 }] }, { ports: [{ port: Infinity }] }] }),
        networkPolicy('shop', 'q', { ingress: [{ ports: [{ port: 81 }] }, { ports: [{ port: null }] }] }),
      ],
    });
    expect(b!.rules.ingress[0]).toBe(a!.rules.ingress[0]);
    expect(b!.selector).toBe(a!.selector);
    expect([b, c].map((each) => each!.rules.ingress[1]!.ports)).toEqual([[{ protocol: 'TCP', port: Infinity }], [{ protocol: 'TCP' }]]);
  });

  test('a port is a number, a range, a protocol or all; a name is no number', () => {
    expect(admitsPort([], 'SCTP', 9)).toBe(true);
    expect(admitsPort([{ protocol: 'TCP' }], 'TCP', 9)).toBe(true);
    expect(admitsPort([{ protocol: 'TCP' }], 'UDP', 9)).toBe(false);
    expect(admitsPort([{ protocol: 'TCP', port: 8, endPort: 10 }], 'TCP', 10)).toBe(true);
    expect(admitsPort([{ protocol: 'TCP', port: 8, endPort: 10 }], 'TCP', 11)).toBe(false);
    expect(admitsPort([{ protocol: 'TCP', port: 'http' }], 'TCP', 80)).toBe(false);
  });
});

describe('policies of the tiers', () => {
  test('stand in deciding order, whatever the order of the lists', () => {
    const policy = (name: string, tier: string, priority: number) => ({ metadata: { name }, spec: { tier, priority, subject: { namespaces: {} } } });
    const names = factOf('tierPolicies', {
      clusterNetworkPolicies: [policy('b9', 'Baseline', 9), policy('a7', 'Admin', 7), policy('a1', 'Admin', 1)],
      eksClusterNetworkPolicies: [policy('e3', 'Admin', 3)],
      baselineAdminNetworkPolicies: [policy('default', '', 0)],
      adminNetworkPolicies: [policy('n2', '', 2)],
    }).map(({ resource }) => resource.name);
    expect(names).toEqual(['a1', 'n2', 'e3', 'a7', 'default', 'b9']);
  });

  test('ports are read in each of the shapes', () => {
    const ports = (source: 'adminNetworkPolicies' | 'clusterNetworkPolicies', rule: object) =>
      factOf('tierPolicies', { [source]: [{ metadata: { name: 'p' }, spec: { subject: { namespaces: {} }, egress: [{ action: 'Deny', ...rule }] } }] })[0]!.rules.egress[0]!;
    expect(ports('adminNetworkPolicies', { ports: [{ portNumber: { port: 80 } }, { portRange: { protocol: 'UDP', start: 1, end: 9 } }, { namedPort: 'http' }] })).toMatchObject({
      allPorts: false,
      ports: [
        { protocol: 'TCP', first: 80, last: 80 },
        { protocol: 'UDP', first: 1, last: 9 },
      ],
    });
    expect(ports('clusterNetworkPolicies', { protocols: [{ tcp: { destinationPort: { range: { start: 2, end: 3 } } } }, { sctp: {} }, { destinationNamedPort: 'x' }] })).toMatchObject({
      allPorts: false,
      ports: [
        { protocol: 'TCP', first: 2, last: 3 },
        { protocol: 'SCTP', first: 1, last: 65_535 },
      ],
    });
    expect(ports('clusterNetworkPolicies', {})).toMatchObject({ allPorts: true, ports: [] });
  });

  test('selectors that are written alike are one object, in whichever policy and place: whom each means is looked up once', () => {
    const team = { matchLabels: { team: 'a' } };
    const spec = { subject: { pods: { namespaceSelector: team, podSelector: team } }, ingress: [{ action: 'Deny', from: [{ namespaces: team }, { pods: { namespaceSelector: team, podSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a'] }] } } }] }], egress: [{ action: 'Deny', to: [{ nodes: team }] }] };
    const policies = factOf('tierPolicies', { clusterNetworkPolicies: ['a', 'b'].map((name) => ({ metadata: { name }, spec })), adminNetworkPolicies: [{ metadata: { name: 'c' }, spec }] });
    const selectors = policies.flatMap(({ namespaces, pods, rules }) => [
      namespaces,
      pods,
      ...[...rules.ingress, ...rules.egress].flatMap(({ peers }) => peers.flatMap((peer) => (peer.type === 'pods' ? [peer.namespaces, ...(peer.pods ? [peer.pods] : [])] : peer.type === 'nodes' ? [peer.nodes] : []))),
    ]);
    expect(selectors).toHaveLength(18);
    expect(new Set(selectors).size).toBe(1);
  });

  test('an action that this version does not know is not taken for another', () => {
    const [policy] = factOf('tierPolicies', { clusterNetworkPolicies: [{ metadata: { name: 'p' }, spec: { ingress: [{ action: 'Log' }, {}] } }] });
    expect(policy!.rules.ingress.map(({ action }) => action)).toEqual(['unclear', 'unclear']);
  });
});
