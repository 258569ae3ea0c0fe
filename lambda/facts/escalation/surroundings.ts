import type * as k8s from '@kubernetes/client-node';
import type { Collected } from '../../model/collected.ts';
import type { EksCluster } from '../../model/eks.ts';
import type { FieldPaths } from '../../model/fields.ts';
import { textOf } from '../as-read.ts';
import type { MetadataReach } from '../network/metadata-reach.ts';
import { wantsWindows } from '../network/node-classes.ts';
import { windowsHostProcess } from '../pod-security/host-rules.ts';
import { privileged } from '../pod-security/privilege-rules.ts';
import { kubernetesMinor } from '../rbac/kubernetes-minor.ts';
import { LEGACY_TOKEN_FIELDS, legacyTokens } from '../rbac/legacy-tokens.ts';
import type { Workload } from '../workloads/workload.ts';
import { METADATA_DOORS_FIELDS, metadataDoors, type MetadataDoors, type MetadataDoorsInput } from './metadata-doors.ts';

export type NodeOs = 'linux' | 'windows';

/** Pods that are there or will be, as far as it matters to whoever gets into them or onto their node. */
export interface Running {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly account: string;
  readonly os: NodeOs;
  /** A token of the account lies in the pod; false where that is not known. */
  readonly tokenInside: boolean;
  /** From inside, the node is taken. */
  readonly opensNode: boolean;
  /** It may run on a node; not where it runs on Fargate, or may and nobody knows. */
  readonly onNodes: boolean;
  /** Whether its packets come to the metadata service of its node: `host` as those of the node itself; where policies let them, one hop further. */
  readonly metadata: 'host' | 'by-hop' | 'kept-off' | 'unclear';
}

/** What the preconditions of edges ask. Only what was read and is so counts: what is missing can add edges, and takes none away. */
export interface Surroundings {
  /** Pod Security admission by namespace: whether it lets any pod in. Absent: the namespace is not known. */
  readonly admitsAnyPod: ReadonlyMap<string, boolean>;
  /** ServiceAccounts that are there, by namespace. */
  readonly accounts: ReadonlyMap<string, ReadonlySet<string>>;
  /** By namespace, and by the name of a Secret with a token that never expires, whose token it is. */
  readonly legacyTokens: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly running: ReadonlyMap<string, readonly Running[]>;
  /** Operating systems of the nodes that pods can be put on and broken out of to; Fargate has none. */
  readonly nodes: ReadonlySet<NodeOs>;
  /** Whether the metadata service of nodes answers pods. */
  readonly metadataDoors: MetadataDoors;
  /** Namespaces in which whoever makes a pod can have it reach that service. */
  readonly reachesMetadata: ReadonlySet<string>;
  /** There are Fargate nodes, and which pods run on them is not known. */
  readonly fargateUnclear: boolean;
  /** Of Kubernetes 1. */
  readonly minor: number | undefined;
  /** Writes of aws-auth that the cluster heeds: it reads the ConfigMap, and that is there, or is not. */
  readonly awsAuth: 'unread-by-cluster' | 'present' | 'absent' | 'unknown';
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const SURROUNDINGS_FIELDS = {
  namespaces: [`metadata.labels["${ENFORCE}"]`],
  ...METADATA_DOORS_FIELDS,
  serviceAccounts: ['automountServiceAccountToken', ...LEGACY_TOKEN_FIELDS],
  eksCluster: ['accessConfig.authenticationMode'],
} as const satisfies FieldPaths;

export interface SurroundingsInput extends MetadataDoorsInput {
  /** Undefined: it could not be found out. */
  readonly reach: Pick<MetadataReach, 'workloads' | 'spared' | 'namespaces' | 'unjudged'> | undefined;
  readonly namespaces: Collected<readonly k8s.V1Namespace[]>;
  readonly serviceAccounts: Collected<readonly k8s.V1ServiceAccount[]>;
  readonly awsAuth: Collected<readonly unknown[]>;
  readonly eksCluster: Collected<EksCluster>;
  readonly kubernetesVersion: Collected<string>;
  readonly workloads: readonly Workload[];
  /** Undefined: it could not be found out. */
  readonly fargateWorkloads: readonly Workload[] | undefined;
}

export function surroundingsOf(input: SurroundingsInput): Surroundings {
  const { namespaces, nodes, serviceAccounts, kubernetesVersion } = input;
  const admitsAnyPod = new Map<string, boolean>();
  for (const { metadata } of namespaces.ok ? namespaces.value : []) {
    const level: unknown = metadata?.labels?.[ENFORCE];
    // EKS sets no level of its own; one that Kubernetes does not know is taken for `restricted` by it.
    admitsAnyPod.set(metadata?.name ?? '', level === undefined || level === 'privileged');
  }
  const accounts = new Map<string, Set<string>>();
  const mounts = new Map<string, unknown>();
  const tokens = new Map<string, Map<string, string>>();
  for (const account of serviceAccounts.ok ? serviceAccounts.value : []) {
    const { metadata, automountServiceAccountToken } = account;
    for (const secret of legacyTokens(account)) {
      const namespace = metadata?.namespace ?? '';
      if (!tokens.has(namespace)) tokens.set(namespace, new Map());
      tokens.get(namespace)!.set(secret, metadata?.name ?? '');
    }
    add(accounts, metadata?.namespace ?? '', metadata?.name ?? '');
    mounts.set(`${metadata?.namespace}/${metadata?.name}`, automountServiceAccountToken ?? true);
  }
  const running = new Map<string, Running[]>();
  const nodeOs = nodes.ok ? nodes.value.flatMap(osOfNode) : [];
  const { reach } = input;
  const reaching = new Set(reach ? [...reach.workloads.map(({ workload }) => workload), ...reach.spared] : []);
  const metadataOf = (workload: Workload): Running['metadata'] => {
    if (workload.spec.hostNetwork === true) return 'host';
    if (reaching.has(workload)) return 'by-hop';
    return reach && reach.unjudged.length === 0 ? 'kept-off' : 'unclear';
  };
  const onFargate = new Set(input.fargateWorkloads);
  const fargateUnclear = input.fargateWorkloads === undefined && nodes.ok && nodes.value.some(isFargate);
  for (const workload of input.workloads) {
    const { resource, serviceAccount } = workload;
    // Its pods could not be made without the account.
    add(accounts, resource.namespace, serviceAccount);
    const bound = resource.kind === 'DaemonSet' || workload.spec.hostNetwork === true;
    append(running, resource.namespace, {
      kind: resource.kind,
      namespace: resource.namespace,
      name: resource.name,
      account: serviceAccount,
      os: wantsWindows(workload.spec) ? 'windows' : 'linux',
      tokenInside: (workload.spec.automountServiceAccountToken ?? mounts.get(`${resource.namespace}/${serviceAccount}`)) === true,
      opensNode: isSome(privileged({ spec: workload.spec })) || isSome(windowsHostProcess({ spec: workload.spec })),
      onNodes: bound || (!onFargate.has(workload) && !fargateUnclear),
      metadata: metadataOf(workload),
    });
  }
  const minor = kubernetesVersion.ok ? kubernetesMinor(kubernetesVersion.value) : undefined;
  return { admitsAnyPod, accounts, legacyTokens: tokens, running, nodes: new Set(nodeOs), metadataDoors: metadataDoors(input), reachesMetadata: reach?.namespaces ?? new Set(), fargateUnclear, minor, awsAuth: awsAuthOf(input) };
}

function osOfNode(node: k8s.V1Node): NodeOs[] {
  if (isFargate(node)) return [];
  return [textOf(node.metadata?.labels?.['kubernetes.io/os']) === 'windows' ? 'windows' : 'linux'];
}

function isFargate({ metadata }: k8s.V1Node): boolean {
  return metadata?.labels?.['eks.amazonaws.com/compute-type'] === 'fargate';
}

/** An older cluster of which EKS says no mode reads the ConfigMap. */
function awsAuthOf({ eksCluster, awsAuth }: SurroundingsInput): Surroundings['awsAuth'] {
  if (!eksCluster.ok) return 'unknown';
  if (eksCluster.value?.accessConfig?.authenticationMode === 'API') return 'unread-by-cluster';
  return awsAuth.ok ? (awsAuth.value.length > 0 ? 'present' : 'absent') : 'unknown';
}

function isSome(offences: Iterable<unknown>): boolean {
  for (const _offence of offences) return true;
  return false;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
