import type { KubernetesObject } from '@kubernetes/client-node';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { treeForSource } from '../../lambda/collect/fields/source-trees.ts';
import { project } from '../../lambda/collect/fields/field-tree.ts';
import { controllerOf } from '../../lambda/facts/workloads/workload-identity.ts';
import { collected } from '../../lambda/model/collected.ts';
import type { CollectionPlan } from '../../lambda/model/collection-plan.ts';
import type { KubernetesSource } from '../../lambda/model/kinds.ts';
import type { CollectedSources, Snapshot } from '../../lambda/model/snapshot.ts';
import { SOURCE_NAMES } from '../../lambda/model/sources.ts';
import { REPLICAS } from '../generate.ts';
import { daemonSet, deployment, namespace, node, pod, replicaSet, service } from '../objects.ts';
import { policySpec, tierSpec } from './policies.ts';

/** Checks of the network, which alone are measured. */
export const NETWORK_CHECKS = CHECKS.filter(({ area }) => area === 'network');

const POD_BYTES = 8 * 1024;

/** Objects of one kind, made from their number alone. */
export interface Kind {
  readonly count: number;
  make(i: number): object;
}

export function policiesOf(pods: number): number {
  return Math.floor(pods * (pods > 50_000 ? 0.11 : 0.18));
}

/** A cluster of so many pods, with all else in proportion. */
export function kindsOf(pods: number): Partial<Record<KubernetesSource, Kind>> {
  const apps = Math.max(1, Math.floor(pods / REPLICAS));
  const namespaces = Math.max(2, Math.floor(pods / 100));
  return {
    pods: { count: pods, make: (i) => withAddress(pod(i, namespaces, POD_BYTES), i) },
    replicaSets: { count: apps, make: (i) => replicaSet(i, namespaces) },
    deployments: { count: apps, make: (i) => deployment(i, namespaces) },
    daemonSets: { count: 4, make: daemonSet },
    services: { count: apps, make: (i) => service(i, namespaces) },
    nodes: { count: Math.max(2, Math.floor(pods / 30)), make: node },
    namespaces: { count: namespaces + 1, make: (i) => zoned(namespace(i), i) },
    networkPolicies: {
      count: policiesOf(pods),
      make: (i) => {
        const of = Math.floor(i / 8) % apps;
        return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: `policy-${i}`, namespace: `team-${of % namespaces}` }, spec: policySpec(i, of, apps, namespaces) };
      },
    },
    clusterNetworkPolicies: { count: 3, make: (i) => ({ apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name: `tier-${i}` }, spec: tierSpec(i) }) },
  };
}

/** Texts of objects of a kind, a list of so many in each, as kubectl and the bench of whole audits write them. */
export function* textsOf({ count, make }: Kind, objects: number): Iterable<string> {
  for (let first = 0; first < count; first += objects) yield JSON.stringify(Array.from({ length: Math.min(objects, count - first) }, (_, i) => make(first + i)), null, 4);
}

/** Makes a cluster's objects and keeps of each what a plan says, as collection does. */
export function makeCluster(pods: number, plan: CollectionPlan): Snapshot {
  const kinds = kindsOf(pods);
  const sources = Object.fromEntries(
    SOURCE_NAMES.map((name) => {
      const kind = kinds[name as KubernetesSource];
      if (!kind) return [name, collected(name === 'kubernetesVersion' ? '1.35' : [])];
      const treeFor = treeForSource(plan, name as KubernetesSource);
      const kept: unknown[] = [];
      for (const text of textsOf(kind, 500)) {
        for (const object of JSON.parse(text) as unknown[]) kept.push(project(object, treeFor(controllerOf((object as KubernetesObject).metadata))));
        // What is thrown away here is no part of what is measured later.
        globalThis.gc?.();
      }
      return [name, collected(kept)];
    }),
  ) as unknown as CollectedSources;
  return { cluster: { id: 'bench', label: 'bench' }, observedAt: '2026-11-21T06:00:00.000Z', namespaces: 'all', problems: [], sources };
}

export function secondsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

/** Addresses without repetition, as a cluster's are. */
function withAddress(object: object, i: number): object {
  const { status, ...rest } = object as { status: object };
  return { ...rest, status: { ...status, podIP: addressOf(i), podIPs: [{ ip: addressOf(i) }] } };
}

function addressOf(i: number): string {
  return `10.${64 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`;
}

function zoned(object: object, i: number): object {
  const { metadata, ...rest } = object as { metadata: { labels: object } };
  return { ...rest, metadata: { ...metadata, labels: { ...metadata.labels, zone: i % 3 === 0 ? 'inner' : 'outer' } } };
}
