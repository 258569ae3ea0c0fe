import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFactResolver } from '../../../lambda/facts/derive.ts';
import { METADATA_PORT } from '../../../lambda/facts/network/metadata-service.ts';
import { DIRECTIONS } from '../../../lambda/facts/network/policy.ts';
import type { Endpoint } from '../../../lambda/facts/network/reachability/endpoint.ts';
import type { PortSet } from '../../../lambda/facts/network/reachability/port-table.ts';
import { reachabilityOf } from '../../../lambda/facts/network/reachability/reachability.ts';
import type { Workload } from '../../../lambda/facts/workloads/workload.ts';
import { snapshotOf } from '../../snapshot-of.ts';
import { randomCluster } from './reachability/random-cluster.ts';
import { sourcesOf } from './reachability/sources-of.ts';

/*
 * What findings about default denials and about the metadata service rest on is derived apart from the engine that answers for each pair. Here one is held against the other.
 * Nothing enforces these policies: both read them as they are written.
 */

/** Pods of namespaces that hold nothing else, with no labels and with labels of which policies know the keys alone; in no block but that of all addresses. */
const UNKNOWN = [{}, JSON.parse('{"app":"z","tier":"z","__proto__":"z"}') as Record<string, string>];
const STRANGERS = UNKNOWN.flatMap((ofNamespace, i) => UNKNOWN.map((labels, j) => ({ namespace: `strange-${i}${j}`, ofNamespace, labels })));
const ADDRESS = '198.18.0.9';
/** No pod's. */
const OUTSIDE: Endpoint = { addresses: ['198.18.0.10'] };

interface Given {
  readonly kind: string;
  readonly apiVersion: string;
  readonly spec?: object;
}

/** Without addresses of pods, so that each is of every family; `turned`: of other kinds what is written alike. */
function given(objects: readonly object[], turned: readonly boolean[]): readonly Given[] {
  return (objects as readonly Given[]).map((object, i) => {
    const { status: _status, ...rest } = object as Given & { readonly status?: unknown };
    if (object.kind === 'Pod') return rest;
    if (!turned[i % turned.length]) return object;
    if (object.kind === 'NetworkPolicy') return { ...object, kind: 'ApplicationNetworkPolicy', apiVersion: 'networking.k8s.aws/v1alpha1' };
    // All of one priority, so that Deny goes before Accept, and Accept before Pass.
    if (object.kind === 'ClusterNetworkPolicy') return { ...object, apiVersion: 'networking.k8s.aws/v1alpha1', spec: { ...object.spec, priority: 5 } };
    return object;
  });
}

/** As people write them who close a whole cluster, and what they leave out. */
const wide = fc
  .record({
    tier: fc.constantFrom('Admin', 'Baseline'),
    subject: fc.constantFrom({ namespaces: {} }, { namespaces: {} }, { namespaces: { matchLabels: { app: 'a' } } }, { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } } }),
    action: fc.constantFrom('Accept', 'Deny', 'Deny', 'Pass'),
    from: fc.constantFrom({ namespaces: {} }, { namespaces: {} }, { namespaces: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] } }, { pods: { namespaceSelector: {}, podSelector: { matchLabels: { tier: 'a' } } } }),
    networks: fc.constantFrom(['0.0.0.0/0'], ['0.0.0.0/0', '::/0'], ['0.0.0.0/1', '128.0.0.0/1'], ['10.244.0.0/16']),
    protocols: fc.constantFrom(undefined, undefined, [{ tcp: { destinationPort: { number: 80 } } }]),
    outwards: fc.constantFrom('pods', 'addresses', 'both'),
  })
  .map(({ tier, subject, action, from, networks, protocols, outwards }) => {
    const rule = { action, ...(protocols ? { protocols } : {}) };
    return { kind: 'ClusterNetworkPolicy', apiVersion: 'policy.networking.k8s.io/v1alpha2', spec: { tier, subject, ingress: [{ ...rule, from: [from] }], egress: [...(outwards === 'addresses' ? [] : [{ ...rule, to: [from] }]), ...(outwards === 'pods' ? [] : [{ ...rule, to: [{ networks }] }])] } };
  });

const cluster = fc
  .tuple(randomCluster, fc.array(wide, { maxLength: 3 }), fc.array(fc.boolean(), { minLength: 3, maxLength: 5 }))
  .map(([{ objects }, more, turned]) => given([...objects, ...more.map((policy, i) => ({ ...policy, metadata: { name: `w${i}` }, spec: { ...policy.spec, priority: 10 + i } }))], turned));

const CLUSTERS = Number(process.env['RANDOM_CLUSTERS'] ?? 500);

test(
  'what is told as closed lets nobody in, or out to, of whom no policy speaks',
  () => {
    const told = { closed: 0, open: 0 };
    fc.assert(
      fc.property(cluster, (objects) => {
        const resolver = createFactResolver(snapshotOf(sourcesOf(objects)));
        const [coverage, declared] = [resolver.fact('policyCoverage'), resolver.fact('declaredReach')];
        if (!coverage.ok || !declared.ok) throw new Error('not derived');
        const { workloads, input } = declared.value;
        const strangers = STRANGERS.map(({ namespace, labels }): Endpoint => ({ pod: { namespace, labels, hostNetwork: false, namedPorts: [] }, addresses: [ADDRESS] }));
        const namespaces = new Map([...input.namespaces, ...STRANGERS.map(({ namespace, ofNamespace }) => [namespace, ofNamespace] as const)]);
        const { classes, profiles, table } = reachabilityOf({ ...input, namespaces, endpoints: [...workloads.map((_, i) => input.endpoints[i]!), ...strangers, OUTSIDE] });
        const v4 = table.lanes.IPv4;

        for (const [i, workload] of workloads.entries()) {
          for (const direction of DIRECTIONS) {
            const { state, open } = coverage.value.namespaces.get(workload.resource.namespace)![direction];
            const closed = !open.includes(workload);
            if (state === 'catch-all') expect(open).toEqual([]);
            const isolated = profiles.of(classes.of[i]!, direction).isolated;
            const answers = [...STRANGERS, OUTSIDE].map((_, j) => {
              const sum = { silent: table.none, passed: table.none, accepted: table.none };
              const add = (to: keyof typeof sum, ports: PortSet): void => void (sum[to] = table.union(sum[to], table.intersection(ports, v4)));
              for (const { effect, by, ports } of profiles.decisions(classes.of[i]!, direction, classes.of[workloads.length + j]!)) {
                if (effect === 'pass') add('passed', ports);
                if (effect === 'allow') add(by.length === 0 ? 'silent' : 'accepted', ports);
              }
              return sum;
            });
            const fail = (what: string): never => {
              throw new Error(`${what}: ${JSON.stringify({ workload: workload.resource, direction, state, answers })} ${JSON.stringify(objects)}`);
            };
            // Rules of tiers know no senders but pods.
            const asked = direction === 'ingress' ? answers.slice(0, -1) : answers;
            if (isolated && !closed) fail('isolated, and told as open');
            if (isolated && answers.some(({ silent }) => silent !== table.none)) fail('isolated, and open by no word of anybody');
            // Of what is denied as a whole some ports, or some peers, may be passed on: these are meant.
            if (closed && asked.some(({ silent, passed }) => table.difference(silent, passed) !== table.none)) fail('told as closed, and open by no word of anybody');
            if (closed && answers.slice(0, -1).every(({ silent }) => silent === v4)) fail('told as closed, and open to every pod by no word of anybody');
            // What a NetworkPolicy lets through is told as a fault of that policy.
            if (closed && !isolated && asked.every(({ silent, accepted }) => table.union(silent, accepted) === v4)) fail('told as closed, and open to all');
            if (closed) told.closed++;
            else told.open++;
          }
        }
      }),
      { numRuns: CLUSTERS },
    );
    // Neither is all that there is.
    expect(told.closed).toBeGreaterThan(CLUSTERS / 10);
    expect(told.open).toBeGreaterThan(CLUSTERS / 10);
  },
  Math.max(60_000, CLUSTERS * 100),
);

const VPC_CNI = {
  daemonSets: [{ metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'aws-node' }, { name: 'aws-eks-nodeagent', args: ['--enable-network-policy=true'] }] } } } }],
  vpcCniConfig: [{ metadata: { namespace: 'kube-system', name: 'amazon-vpc-cni' }, data: { 'enable-network-policy-controller': 'true' } }],
};
const UPSTREAM = {
  daemonSets: [{ metadata: { namespace: 'kube-system', name: 'kube-network-policies' }, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'kube-network-policies', image: 'kube-network-policies' }] } } } }],
};

test(
  'who is told to reach the metadata service is who reaches it by the answers for pairs',
  () => {
    fc.assert(
      fc.property(cluster, fc.boolean(), (objects, upstream) => {
        const resolver = createFactResolver(snapshotOf({ ...sourcesOf(objects), ...(upstream ? UPSTREAM : VPC_CNI) } as never));
        const [metadata, declared] = [resolver.fact('metadataReach'), resolver.fact('declaredReach')];
        if (!metadata.ok || !declared.ok) throw new Error('not derived');
        const { workloads, metadataService, input, reachability: { table } } = declared.value;
        const { between } = reachabilityOf({ ...input, tiers: input.tiers.filter(({ source }) => (source === 'eksClusterNetworkPolicies') !== upstream), table });
        const untiered = reachabilityOf({ ...input, tiers: [], table });
        const port = table.of([{ protocol: 'TCP', first: METADATA_PORT, last: METADATA_PORT }]);
        const told = new Set<Workload>([...metadata.value.workloads.map(({ workload }) => workload), ...metadata.value.spared]);
        for (const [i, workload] of workloads.entries()) {
          const reaches = table.intersection(between(i, metadataService[0]!).both, port) !== table.none;
          const context = `${JSON.stringify(workload.resource)} ${JSON.stringify(objects)}`;
          if (reaches && !told.has(workload)) throw new Error(`reaches it untold: ${context}`);
          // A NetworkPolicy that lets through to the address of IPv6 alone is told, too; of tiers that of IPv4 is asked.
          if (!reaches && told.has(workload) && table.intersection(untiered.between(i, metadataService[1]!).both, port) === table.none) throw new Error(`told and kept from it: ${context}`);
        }
      }),
      { numRuns: CLUSTERS },
    );
  },
  Math.max(60_000, CLUSTERS * 100),
);
