import fc from 'fast-check';
import type { Manifest, Packet } from './judge-packet.ts';

/** A cluster small enough that everything meets everything, with packets between all its ends. */
export interface RandomCluster {
  readonly objects: readonly Manifest[];
  readonly packets: readonly Packet[];
}

const NAMESPACES = ['shop', 'pay'] as const;
const KEYS = ['app', 'tier', '__proto__'] as const;
const VALUES = ['', 'a', 'b'] as const;
const PORT_NAMES = ['http', 'dns', 'constructor'] as const;
const PORTS = [1, 80, 81, 443, 65_535] as const;
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
const NODES = [
  { name: 'n0', addresses: ['192.168.50.10', 'fd00:50::a', '203.0.113.200'] },
  { name: 'n1', addresses: ['192.168.50.11', 'fd00:50::b'] },
] as const;
const OUTSIDE = ['203.0.113.9', '2001:db8::9', ...NODES[0].addresses.slice(1)] as const;
const CIDRS = [
  '0.0.0.0/0', '0.0.0.0/1', '10.244.0.0/16', '10.244.0.0/30', '10.244.0.2/32', '10.244.0.5/32', '192.168.50.10/31', '203.0.113.0/24', '169.254.169.254/32',
  '::/0', 'fd00:10::/64', 'fd00:10::2/127', 'fd00:50::/64', '2001:db8::/32',
] as const;

const port = fc.constantFrom(...PORTS);
const protocol = fc.constantFrom(...PROTOCOLS);
const cidr = fc.constantFrom(...CIDRS);
const name = fc.constantFrom(...PORT_NAMES);

/** As JSON gives them: `__proto__` is a key like any other. */
function pairs(max: number): fc.Arbitrary<Record<string, string>> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)), { maxLength: max, selector: ([key]) => key })
    .map((list) => JSON.parse(`{${list.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`) as Record<string, string>);
}

function some<T>(arbitrary: fc.Arbitrary<T>, max: number): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { maxLength: max, size: 'max' });
}

function partly<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const expression = fc.oneof(
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('In', 'NotIn'), values: fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 2 }) }),
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const selector = fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: partly({ matchLabels: pairs(1), matchExpressions: some(expression, 1) }) });
const namespaceSelector = fc.oneof(
  selector,
  fc.constantFrom(...NAMESPACES).map((each) => ({ matchLabels: { 'kubernetes.io/metadata.name': each } })),
);

const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ ipBlock: fc.record({ cidr, except: some(cidr, 2) }, { requiredKeys: ['cidr'] }) }),
);
const policyPort = fc.oneof(
  partly({ protocol, port }),
  fc.record({ protocol, port: name }),
  fc.record({ port: name }),
  fc.tuple(protocol, port, port).map(([of, a, b]) => ({ protocol: of, port: Math.min(a, b), endPort: Math.max(a, b) })),
);
const policyRules = (peers: 'from' | 'to'): fc.Arbitrary<object[]> => some(partly({ [peers]: some(peer, 2), ports: some(policyPort, 2) }), 2);

const networkPolicy = fc
  .tuple(fc.constantFrom(...NAMESPACES), fc.record({ podSelector: selector }), partly({ policyTypes: fc.subarray(['Ingress', 'Egress']), ingress: policyRules('from'), egress: policyRules('to') }))
  .map(([namespace, subject, rest]) => ({ kind: 'NetworkPolicy', apiVersion: 'networking.k8s.io/v1', metadata: { namespace }, spec: { ...subject, ...rest } }));

const subject = fc.oneof(fc.constant({ namespaces: {} }), fc.record({ namespaces: namespaceSelector }), fc.record({ pods: fc.record({ namespaceSelector, podSelector: selector }) }));
const tierPeer = fc.oneof({ weight: 2, arbitrary: fc.record({ namespaces: namespaceSelector }) }, { weight: 2, arbitrary: fc.record({ pods: fc.record({ namespaceSelector, podSelector: selector }) }) });
const outwards = fc.oneof(
  { weight: 4, arbitrary: tierPeer },
  { weight: 2, arbitrary: fc.record({ networks: fc.array(cidr, { minLength: 1, maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ nodes: partly({ matchLabels: fc.constantFrom({}, { pool: 'green' }) }) }) },
);
const range = fc.tuple(port, port).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const adminPort = fc.oneof(
  fc.record({ portNumber: fc.record({ protocol, port }) }),
  fc.tuple(protocol, range).map(([of, { start, end }]) => ({ portRange: { protocol: of, start, end } })),
  fc.record({ namedPort: name }),
);
const clusterPort = fc.oneof(
  fc.tuple(fc.constantFrom('tcp', 'udp', 'sctp'), fc.oneof(fc.record({ number: port }), fc.record({ range }))).map(([of, destinationPort]) => ({ [of]: { destinationPort } })),
  fc.record({ destinationNamedPort: name }),
);

function tierRules(actions: readonly string[], ports: fc.Arbitrary<object>): fc.Arbitrary<object> {
  const of = (peers: 'from' | 'to', each: fc.Arbitrary<object>): fc.Arbitrary<object[]> =>
    some(fc.record({ action: fc.constantFrom(...actions), [peers]: fc.array(each, { minLength: 1, maxLength: 2 }), [ports === clusterPort ? 'protocols' : 'ports']: some(ports, 2) }), 3);
  return fc.record({ ingress: of('from', tierPeer), egress: of('to', outwards) });
}

const tiers: fc.Arbitrary<readonly object[]> = fc.oneof(
  fc.constant([]),
  some(
    fc.tuple(fc.constantFrom('Admin', 'Baseline'), subject, tierRules(['Accept', 'Deny', 'Pass'], clusterPort)).map(([tier, to, rules]) => ({
      kind: 'ClusterNetworkPolicy', apiVersion: 'policy.networking.k8s.io/v1alpha2', spec: { tier, subject: to, ...rules },
    })),
    4,
  ),
  fc.tuple(
    some(fc.tuple(subject, tierRules(['Allow', 'Deny', 'Pass'], adminPort)).map(([to, rules]) => ({ kind: 'AdminNetworkPolicy', apiVersion: 'policy.networking.k8s.io/v1alpha1', spec: { subject: to, ...rules } })), 3),
    some(fc.tuple(subject, tierRules(['Allow', 'Deny'], adminPort)).map(([to, rules]) => ({ kind: 'BaselineAdminNetworkPolicy', apiVersion: 'policy.networking.k8s.io/v1alpha1', spec: { subject: to, ...rules } })), 1),
  ).map(([admin, baseline]) => [...admin, ...baseline]),
);

const containerPort = fc.record({ name, protocol, containerPort: port }, { requiredKeys: ['containerPort'] });
const pod = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  labels: pairs(2),
  node: fc.constantFrom(...NODES),
  hostNetwork: fc.constantFrom(false, false, false, false, true),
  families: fc.constantFrom(['4'], ['4'], ['6'], ['4', '6']),
  // The same name and protocol twice is undefined.
  ports: fc.uniqueArray(containerPort, { maxLength: 2, selector: (each) => `${each.name} ${each.protocol ?? 'TCP'}` }),
});

export const randomCluster: fc.Arbitrary<RandomCluster> = fc
  .record({
    namespaces: fc.tuple(pairs(2), pairs(2)),
    pods: fc.array(pod, { minLength: 2, maxLength: 6, size: 'max' }),
    policies: some(networkPolicy, 6),
    tiers,
    /** Which protocol and port each packet has. */
    ports: fc.infiniteStream(fc.tuple(protocol, port)),
  })
  .map(({ namespaces, pods, policies, tiers: above, ports }) => {
    const objects = [
      ...NAMESPACES.map((each, i) => ({ kind: 'Namespace', apiVersion: 'v1', metadata: { name: each, labels: namespaces[i]! } })),
      ...NODES.map((node, i) => ({ kind: 'Node', apiVersion: 'v1', metadata: { name: node.name, labels: { pool: ['green', 'blue'][i]! } }, status: { addresses: node.addresses.map((address) => ({ type: address.startsWith('203') ? 'ExternalIP' : 'InternalIP', address })) } })),
      ...pods.map(podManifest),
      ...policies.map((policy, i) => ({ ...policy, metadata: { ...policy.metadata, name: `p${i}` } })),
      ...above.map((policy, i) => withName(policy, i)),
    ] as Manifest[];
    return { objects, packets: [...packetsBetween(objects, ports)] };
  });

function podManifest(of: { namespace: string; labels: object; node: (typeof NODES)[number]; hostNetwork: boolean; families: readonly string[]; ports: object[] }, i: number): object {
  const own = [...(of.families.includes('4') ? [`10.244.0.${i + 2}`] : []), ...(of.families.includes('6') ? [`fd00:10::${i + 2}`] : [])];
  const ips = of.hostNetwork ? of.node.addresses.slice(0, 2) : own;
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { namespace: of.namespace, name: `pod${i}`, labels: of.labels },
    spec: { nodeName: of.node.name, hostNetwork: of.hostNetwork, containers: [{ name: 'c', ports: of.ports }] },
    status: { phase: 'Running', podIPs: ips.map((ip) => ({ ip })) },
  };
}

function withName(policy: object, i: number): object {
  const { spec } = policy as { spec: object };
  return { ...policy, metadata: { name: `t${i}` }, spec: { ...spec, priority: i } };
}

function* packetsBetween(objects: readonly Manifest[], ports: Iterator<readonly [Packet['protocol'], number]>): Iterable<Packet> {
  const ends: { readonly end: Packet['from']; readonly ip: string }[] = [
    ...objects.filter(({ kind }) => kind === 'Pod').flatMap(({ metadata, status }) => (status?.podIPs ?? []).map(({ ip }) => ({ end: `${metadata.namespace}/${metadata.name}`, ip }))),
    ...OUTSIDE.map((ip) => ({ end: { ip }, ip })),
  ];
  for (const from of ends) {
    for (const to of ends) {
      if (from.ip.includes(':') !== to.ip.includes(':') || (typeof from.end !== 'string' && typeof to.end !== 'string')) continue;
      const [protocolOf, portOf] = ports.next().value as readonly [Packet['protocol'], number];
      yield { from: from.end, to: to.end, fromIP: from.ip, toIP: to.ip, protocol: protocolOf, port: portOf };
    }
  }
}
