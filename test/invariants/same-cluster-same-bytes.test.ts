import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assess } from '../../lambda/assess/assess.ts';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import { snapshotOf, type GivenSources } from '../snapshot-of.ts';
import { fleetObjects, type RawCluster, type RawObject } from './fleet-sources.ts';

const clusters = { vulnerable: fleetObjects('day-1/vulnerable'), typical: fleetObjects('day-1/typical') };

/** What people would be told: outcomes and findings, byte for byte. */
function told(cluster: RawCluster): string {
  const { outcomes, findings } = assess(snapshotOf(cluster as unknown as GivenSources));
  return JSON.stringify({ outcomes, findings }, null, 1);
}

type Noise = (cluster: RawCluster, seed: number) => void;

/** A small generator of its own, so that a failing seed can be run again. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function every(cluster: RawCluster, change: (object: RawObject, source: KubernetesSource) => void): void {
  for (const [source, objects] of Object.entries(cluster) as [KubernetesSource, RawObject[]][]) for (const object of objects) change(object, source);
}

const suffix = (next: () => number): string => Array.from({ length: 5 }, () => 'bcdfghjklmnpqrstvwxz2456789'[Math.floor(next() * 27)]).join('');

const noises: { readonly [name: string]: Noise } = {
  'the order of lists': (cluster, seed) => {
    const next = random(seed);
    for (const objects of Object.values(cluster)) objects.sort(() => next() - 0.5);
  },
  'new uids': (cluster, seed) => {
    every(cluster, ({ metadata }) => {
      if (metadata.uid) metadata.uid = `${seed}-${metadata.uid}`;
      for (const owner of metadata.ownerReferences ?? []) owner.uid = `${seed}-${owner.uid}`;
    });
  },
  'new resourceVersions, times and status': (cluster, seed) => {
    every(cluster, (object) => {
      object.metadata['resourceVersion'] = String(seed);
      object.metadata['creationTimestamp'] = '2026-11-20T00:00:00Z';
      object.metadata['generation'] = seed;
      object.metadata['managedFields'] = [{ manager: `m${seed}`, operation: 'Update', time: '2026-11-20T00:00:00Z' }];
      if (object.kind === 'Pod' || object.kind === 'Deployment' || object.kind === 'DaemonSet') object.status = { phase: seed % 2 ? 'Running' : 'Pending', restartCount: seed };
    });
  },
  'pods on other nodes': (cluster, seed) => {
    const nodes = cluster.nodes ?? [];
    for (const [index, pod] of (cluster.pods ?? []).entries()) if (nodes.length > 0) (pod.spec ??= {})['nodeName'] = nodes[(index + seed) % nodes.length]!.metadata.name;
  },
  'new nodes of the classes there are': (cluster, seed) => {
    const copies = (cluster.nodes ?? []).map((node) => {
      const copy = structuredClone(node);
      copy.metadata.name = `${node.metadata.name.replace(/^ip-/, `ip-${seed % 256}-`)}`;
      const labels = copy.metadata['labels'] as Record<string, string> | undefined;
      if (labels?.['kubernetes.io/hostname']) labels['kubernetes.io/hostname'] = copy.metadata.name;
      return copy;
    });
    cluster.nodes = seed % 2 ? copies : [...(cluster.nodes ?? []), ...copies];
  },
  scaling: (cluster, seed) => {
    for (const source of ['deployments', 'statefulSets', 'replicaSets'] as const) for (const object of cluster[source] ?? []) (object.spec ??= {})['replicas'] = seed % 7;
    // One pod more and one pod less of what a ReplicaSet made.
    const made = (cluster.pods ?? []).filter((pod) => pod.metadata.ownerReferences?.[0]?.kind === 'ReplicaSet');
    const more = made.slice(0, 5).map((pod) => {
      const copy = structuredClone(pod);
      copy.metadata.name = `${copy.metadata.name.slice(0, -5)}${suffix(random(seed))}`;
      return copy;
    });
    cluster.pods = [...(cluster.pods ?? []).filter((pod) => !made.slice(5, 8).includes(pod)), ...more];
  },
  'a new ReplicaSet of every Deployment': (cluster, seed) => {
    const next = random(seed);
    const copies = (cluster.replicaSets ?? []).map((set) => {
      const copy = structuredClone(set);
      copy.metadata.name = set.metadata.name.replace(/[^-]+$/, suffix(next) + suffix(next));
      return copy;
    });
    cluster.replicaSets = [...(cluster.replicaSets ?? []), ...copies.filter((copy) => (copy.metadata.ownerReferences?.length ?? 0) > 0)];
  },
};

describe.each(Object.entries(clusters))('%s', (_name, base) => {
  const before = told(base);

  test('has findings that noise could disturb', () => {
    expect(JSON.parse(before)).toMatchObject({ findings: expect.any(Array) as unknown });
    expect((JSON.parse(before) as { findings: unknown[] }).findings.length).toBeGreaterThan(10);
  });

  test.each(Object.keys(noises))('%s changes nothing at all', (name) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const cluster = structuredClone(base);
        noises[name]!(cluster, seed);
        expect(told(cluster)).toBe(before);
      }),
      { numRuns: 4 },
    );
  });

  test('any mix of them changes nothing at all', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...Object.keys(noises)), fc.nat()), { minLength: 2, maxLength: 8 }), (mix) => {
        const cluster = structuredClone(base);
        for (const [name, seed] of mix) noises[name]!(cluster, seed);
        expect(told(cluster)).toBe(before);
      }),
      { numRuns: 12 },
    );
  });

  test('a pod more of a generateName owner is the same workload', () => {
    const pod = (name: string): RawObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'default',
        generateName: 'nightly-',
        labels: { run: name },
        ownerReferences: [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', name: 'nightly-8x2kq', uid: '1', controller: true } as never],
      },
      spec: { restartPolicy: 'Never', hostNetwork: true, containers: [{ name: 'main', image: 'registry.example.com/job:1', securityContext: { privileged: true } }] },
    });
    const with1 = told({ ...base, pods: [...(base.pods ?? []), pod('nightly-8x2kq')] });
    const with3 = told({ ...base, pods: [pod('nightly-zz9kq'), ...(base.pods ?? []), pod('nightly-bb2wl'), pod('nightly-5vvvr')] });
    expect(with1).not.toBe(before);
    expect(with3).toBe(with1);
  });

  test('a renamed binding that changes nobody\'s rights changes evidence alone', () => {
    // Bindings that findings name: those of add-ons are known by their names and are none of them.
    const cluster = structuredClone(base);
    const isNamed = ({ metadata: { namespace, name } }: RawObject): boolean => before.includes(`Binding ${namespace ? `${namespace}/` : ''}${name}"`);
    const named = [...(cluster.roleBindings ?? []), ...(cluster.clusterRoleBindings ?? [])].filter((binding) => isNamed(binding) && !/^(system:|eks:|cluster-admin$)/.test(binding.metadata.name));
    expect(named.length).toBeGreaterThan(3);
    for (const { metadata } of named) metadata.name = `renamed-${metadata.name}`;
    expect(told(cluster)).not.toBe(before);
    const identity = (cluster_: RawCluster) =>
      assess(snapshotOf(cluster_ as unknown as GivenSources))
        .findings.filter((finding) => !finding.resource.kind.endsWith('RoleBinding') && !finding.check.startsWith('dangling-'))
        .map(({ fingerprint, severity, item }) => ({ fingerprint, severity, item }));
    expect(identity(cluster)).toEqual(identity(base));
  });
});
