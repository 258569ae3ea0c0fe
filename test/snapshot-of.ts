import type { V1ObjectMeta } from '@kubernetes/client-node';
import { collectionPlan } from '../lambda/checks/collection-plan.ts';
import { compileFields, project } from '../lambda/collect/fields/field-tree.ts';
import { treeForSource } from '../lambda/collect/fields/source-trees.ts';
import { controllerOf } from '../lambda/facts/workloads/workload-identity.ts';
import { collected, refused, type Collected } from '../lambda/model/collected.ts';
import type { CollectionPlan } from '../lambda/model/collection-plan.ts';
import { KINDS, apiVersionOf, type KindDefinition } from '../lambda/model/kinds.ts';
import type { CollectedSources, Snapshot } from '../lambda/model/snapshot.ts';
import { SOURCE_NAMES, isAwsSource, isKubernetesSource, type SourceName, type Sources } from '../lambda/model/sources.ts';

type Loose<T> = T extends readonly (infer E)[] ? readonly Partial<E>[] : T;

/** Sources as a test writes them: API objects as plain values; a refusal by name. What is not given is read and empty. */
export type GivenSources = { readonly [S in SourceName]?: Loose<Sources[S]> | ReturnType<typeof refused> };

/** A cluster's identity for tests; the account number is AWS's own documentation's. */
export const TEST_CLUSTER = {
  id: 'arn:aws:eks:eu-west-1:111122223333:cluster/test',
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/test',
  label: 'test',
  account: '111122223333',
  region: 'eu-west-1',
  name: 'test',
} as const;

/** An API server that nobody outside reaches: the EKS side where a test says nothing of it. */
export const PRIVATE_EKS_CLUSTER: Sources['eksCluster'] = {
  name: 'test',
  arn: TEST_CLUSTER.arn,
  version: '1.35',
  status: 'ACTIVE',
  deletionProtection: true,
  resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true, publicAccessCidrs: [], subnetIds: [], securityGroupIds: [] },
  accessConfig: { authenticationMode: 'API' },
  identity: { oidc: { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE' } },
  logging: { clusterLogging: [{ types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], enabled: true }] },
  encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000' } }],
};

/** A snapshot with these sources, trimmed to what the checks declare, as collection would have trimmed it. */
export function snapshotOf(given: GivenSources, options: Partial<Omit<Snapshot, 'sources'>> = {}, plan: CollectionPlan = collectionPlan()): Snapshot {
  const sources = Object.fromEntries(SOURCE_NAMES.map((name) => [name, collect(name, given[name], plan)])) as unknown as CollectedSources;
  return { cluster: TEST_CLUSTER, observedAt: '2026-11-21T06:00:00.000Z', namespaces: 'all', problems: [], ...options, sources };
}

function collect(name: SourceName, given: unknown, plan: CollectionPlan): Collected<unknown> {
  if (isRefusal(given)) return given;
  if (name === 'kubernetesVersion') return collected(given ?? '1.35');
  if (name === 'eksCluster') return collected(trim(given ?? PRIVATE_EKS_CLUSTER, plan[name]));
  const list = (given ?? []) as readonly unknown[];
  if (isAwsSource(name)) return collected(list.map((object) => trim(object, plan[name])));
  if (!isKubernetesSource(name)) throw new Error(`unknown source ${String(name)}`);
  const kind: KindDefinition = KINDS[name];
  const treeFor = treeForSource(plan, name);
  return collected(list.map((object) => project({ apiVersion: apiVersionOf(kind), kind: kind.kind, ...(object as object) }, treeFor(controllerOf((object as { readonly metadata?: V1ObjectMeta }).metadata)))));
}

function trim(value: unknown, fields: readonly string[]): unknown {
  return project(value, compileFields(fields));
}

function isRefusal(value: unknown): value is ReturnType<typeof refused> {
  return typeof value === 'object' && value !== null && 'ok' in value && (value as { ok: unknown }).ok === false;
}

/** Every source refused: nothing at all could be read. */
export function unreadableSnapshot(): Snapshot {
  return snapshotOf(Object.fromEntries(SOURCE_NAMES.map((name) => [name, refused('forbidden', 'may not list')])) as GivenSources);
}

