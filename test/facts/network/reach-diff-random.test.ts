import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { declaredEndpoint } from '../../../lambda/facts/network/reach/declared-readings.ts';
import type { EdgeChange } from '../../../lambda/facts/network/reach/edge-changes.ts';
import { engineReading } from '../../../lambda/facts/network/reach/engine-conventions.ts';
import type { PlaceSet } from '../../../lambda/facts/network/reach/place-set.ts';
import { reachDiff, type DiffSide } from '../../../lambda/facts/network/reach/reach-diff.ts';
import { DOCUMENTED } from '../../../lambda/facts/network/reachability/endpoint.ts';
import { createPortTable, LANES, type PortSet, type PortTable } from '../../../lambda/facts/network/reachability/port-table.ts';
import { reachabilityOf } from '../../../lambda/facts/network/reachability/reachability.ts';
import { ownAddresses } from '../../../lambda/facts/network/reachability/live-endpoints.ts';
import { typicalOf } from '../../../lambda/facts/network/typical-addresses.ts';
import type { KubernetesSource } from '../../../lambda/model/kinds.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { randomCluster } from './reachability/random-cluster.ts';
import { sourcesOf } from './reachability/sources-of.ts';

type Given = { readonly [S in KubernetesSource]?: readonly object[] };

const VPC_CNI: Given = {
  daemonSets: [{ metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'aws-node' }, { name: 'aws-eks-nodeagent', args: ['--enable-network-policy=true'] }] } } } }],
  vpcCniConfig: [{ metadata: { namespace: 'kube-system', name: 'amazon-vpc-cni' }, data: { 'enable-network-policy-controller': 'true' } }],
};

function sideOf(objects: readonly object[], more: Given): DiffSide {
  const resolver = createFactResolver(snapshotOf({ ...sourcesOf(objects), ...more } as GivenSources));
  const ends = resolver.fact('reachEnds');
  if (!ends.ok) throw new Error(JSON.stringify(ends.unread));
  return { ends: ends.value, enforcement: resolver.fact('policyEnforcement'), unread: new Set() };
}

/** Ports by pair of names, asked pair by pair. */
function askedOneByOne({ ends }: DiffSide, typical: readonly string[], table: PortTable, view: 'written' | 'nothing' | 'VPC CNI'): Map<string, PortSet> {
  const workloads = ends.workloads.filter(({ spec }) => spec.hostNetwork !== true);
  const { conventions, reads } = view === 'VPC CNI' ? engineReading({ engine: 'VPC CNI', mode: 'standard' }) : { conventions: DOCUMENTED, reads: undefined };
  const own = <T extends { readonly source: string }>(list: readonly T[]): readonly T[] => list.filter(({ source }) => view === 'written' || (reads?.has(source as KubernetesSource) ?? false));
  const endpoints = workloads.map((workload) => declaredEndpoint(workload, typical));
  const reachability = reachabilityOf({ namespaces: ends.namespaces, nodes: [], endpoints, policies: own(ends.policies), tiers: own(ends.tiers), conventions, table });
  const found = new Map<string, PortSet>();
  const nameOf = (number: number): string => `${workloads[number]!.resource.kind} ${workloads[number]!.resource.namespace}/${workloads[number]!.resource.name}`;
  for (const from of workloads.keys()) for (const to of workloads.keys()) found.set(`${nameOf(from)} ${nameOf(to)}`, reachability.between(from, to).both);
  return found;
}

/** What rows say, pair by pair, in one family: reports make no difference between the two. */
function told(changes: readonly EdgeChange[], kind: EdgeChange['kind'], side: readonly string[], other: readonly string[], table: PortTable): Map<string, PortSet> {
  const found = new Map<string, PortSet>();
  const every = table.of(['TCP', 'UDP', 'SCTP'].map((protocol) => ({ protocol, first: 1, last: 65_535 })));
  for (const { from, to, ports, pairs, because } of changes.filter((change) => change.kind === kind)) {
    const universe = because === 'policies' ? side.filter((name) => other.includes(name)) : side;
    const [sources, destinations] = [namesIn(from, universe), namesIn(to, universe)];
    expect(sources.length * destinations.length).toBe(pairs);
    for (const a of sources) for (const b of destinations) found.set(`${a} ${b}`, table.union(found.get(`${a} ${b}`) ?? table.none, ports.all ? every : table.of(ports.ports)));
  }
  return found;
}

function namesIn(set: PlaceSet, universe: readonly string[]): readonly string[] {
  const named = (set.everybody ? set.but : set.places).flatMap((place) => {
    const own = universe.filter((name) => name.startsWith(`Pod ${place.namespace}/`));
    if ('workloads' in place) expect(own).toHaveLength(place.workloads);
    return 'workload' in place ? [place.workload] : own;
  });
  return set.everybody ? universe.filter((name) => !named.includes(name)) : named;
}

test('what opened and closed is what asking each pair on both sides says, as written and as enforced', () => {
  fc.assert(
    fc.property(randomCluster, randomCluster, fc.boolean(), (one, other, sameObjects) => {
      // Half of the time only policies differ.
      const isPolicy = ({ kind }: { readonly kind: string }): boolean => kind.endsWith('Policy');
      const later = sameObjects ? [...one.objects.filter((object) => !isPolicy(object)), ...other.objects.filter(isPolicy)] : other.objects;
      const [before, after] = [sideOf(one.objects, {}), sideOf(later, VPC_CNI)];
      const diff = reachDiff(before, after);
      const table = createPortTable();
      const typical = typicalOf(ownAddresses([before, after].flatMap(({ ends }) => ends.pods)), [...before.ends.blocks, ...after.ends.blocks]);
      const onNodes = new Set([before, after].flatMap(({ ends }) => ends.workloads.filter(({ spec }) => spec.hostNetwork === true).map(({ resource }) => `${resource.kind} ${resource.namespace}/${resource.name}`)));
      const namesOf = ({ ends }: DiffSide): readonly string[] => ends.workloads.map(({ resource }) => `${resource.kind} ${resource.namespace}/${resource.name}`).filter((name) => !onNodes.has(name));
      const [were, are] = [namesOf(before), namesOf(after)];
      const merged = (set: PortSet): PortSet => table.of(LANES.flatMap((family) => table.read(set, family).ports));
      for (const [changes, views] of [[diff.written, ['written', 'written']], [diff.enforced, ['nothing', 'VPC CNI']]] as const) {
        const [was, is] = [askedOneByOne(before, typical, table, views[0]), askedOneByOne(after, typical, table, views[1])];
        for (const [kind, [first, second], [side, another]] of [['opened', [was, is], [are, were]], ['closed', [is, was], [were, are]]] as const) {
          const expected = new Map<string, PortSet>();
          for (const a of side) {
            for (const b of side) {
              const ports = merged(table.difference(second.get(`${a} ${b}`)!, first.get(`${a} ${b}`) ?? table.none));
              if (ports !== table.none) expected.set(`${a} ${b}`, ports);
            }
          }
          const got = told(changes, kind, side, another, table);
          for (const [pair, ports] of got) if (ports === table.none) got.delete(pair);
          expect([...got].sort()).toEqual([...expected].sort());
        }
      }
    }),
    { numRuns: 100 },
  );
});
