import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DOCUMENTED } from '../../../../lambda/facts/network/reachability/endpoint.ts';
import { PROTOCOLS } from '../../../../lambda/facts/network/reachability/port-table.ts';
import { clusterOf } from '../../../../scripts/vectors/network.ts';
import type { Manifest } from './judge-packet.ts';
import { randomCluster } from './random-cluster.ts';

const PORTS = [1, 80, 81, 443, 65_535];

/** Connections by IPv4 from and to the first pod, with these addresses for it, as texts. */
function connections(objects: readonly Manifest[], ips: readonly string[]): ReadonlySet<string> {
  let isFirst = true;
  const moved = objects.map((object) => {
    if (object.kind !== 'Pod' || !isFirst) return object;
    isFirst = false;
    return { ...object, spec: { ...object.spec, hostNetwork: false }, status: { phase: 'Running', podIPs: ips.map((ip) => ({ ip })) } } as unknown as Manifest;
  });
  const { reachability, pods } = clusterOf({ objects: moved, probes: [] }, DOCUMENTED);
  const found = new Set<string>();
  for (let other = 1; other < pods; other++) {
    for (const [from, to] of [[0, other], [other, 0]] as const) {
      const { both } = reachability.between(from, to);
      for (const protocol of PROTOCOLS) for (const port of PORTS) if (reachability.table.has(both, 'IPv4', protocol, port)) found.add(`${from} > ${to} ${protocol} ${port}`);
    }
  }
  return found;
}

/** Rules of the tier above that tell addresses apart, one after the other. */
const aboveAll = fc
  .array(fc.record({ action: fc.constantFrom('Accept', 'Deny', 'Pass'), networks: fc.subarray(['10.244.0.0/29', '10.244.0.8/29', '10.245.0.0/16', '192.168.0.0/16'], { minLength: 1 }) }), { maxLength: 3, size: 'max' })
  .map((rules) => ({
    kind: 'ClusterNetworkPolicy',
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    metadata: { name: 'above' },
    spec: { tier: 'Admin', priority: 0, subject: { namespaces: {} }, egress: rules.map(({ action, networks }) => ({ action, to: [{ networks }] })) },
  })) as fc.Arbitrary<unknown> as fc.Arbitrary<Manifest>;

test('who may have either address may talk wherever one of them may', () => {
  let [some, parted] = [0, 0];
  fc.assert(
    fc.property(randomCluster, aboveAll, fc.constantFrom('10.244.0.2', '10.244.0.5', '192.168.50.10'), fc.constantFrom('10.244.0.9', '10.245.0.1', '203.0.113.7'), ({ objects }, above, a, b) => {
      const all = [above, ...objects];
      const [withA, withB, withEither] = [connections(all, [a]), connections(all, [b]), connections(all, [a, b])];
      if (withA.size + withB.size > 0) some++;
      if ([...withA].some((each) => !withB.has(each)) || [...withB].some((each) => !withA.has(each))) parted++;
      expect([...withA, ...withB].filter((each) => !withEither.has(each))).toEqual([]);
    }),
    { numRuns: 700, seed: 11 },
  );
  expect(some).toBeGreaterThan(300);
  expect(parted).toBeGreaterThan(50);
});
