import type { V1Job, V1Node, V1ObjectMeta, V1Pod, V1PodSpec, V1ReplicaSet } from '@kubernetes/client-node';
import type { Collected } from '../../../model/collected.ts';
import { EVERY, type FieldPaths } from '../../../model/fields.ts';
import type { Unread } from '../../../model/derived.ts';
import { textOf, written } from '../../as-read.ts';
import type { FactResolver, Reader } from '../../derive.ts';
import { controllerOf, workloadIdentity } from '../../workloads/workload-identity.ts';
import type { Workload } from '../../workloads/workload.ts';
import { classOfNode, type NodeClassName } from '../node-classes.ts';
import { livePods, type LivePod } from '../reachability/live-endpoints.ts';

/**
 * What is asked of pods that run, those that controllers made too. No fact declares it, so that an audit, which judges those by their templates, does
 * not keep it: who needs it adds it to the plan.
 */
export const LIVE_FIELDS: FieldPaths = {
  pods: ['spec.hostNetwork', 'spec.nodeName', 'spec.containers[].ports[].name', 'spec.containers[].ports[].containerPort', 'spec.containers[].ports[].protocol', 'status.phase', 'status.podIPs[].ip'].map((path) => `${EVERY}${path}`),
};

/** A pod that runs. */
export interface RunningPod extends LivePod {
  /** Of the node that it runs on; undefined: on none, or on one that was not read. */
  readonly nodeClass: NodeClassName | undefined;
}

/** Pods that run, by what made them. */
export interface LiveEnds {
  readonly of: ReadonlyMap<Workload, readonly RunningPod[]>;
  /** By what made them, where that is no workload that was read: `ReplicaSet shop/web-1`. */
  readonly others: ReadonlyMap<string, readonly RunningPod[]>;
}

const LIVE_READER: Reader = { needs: ['pods'], wants: ['jobs', 'nodes', 'replicaSets'], fields: LIVE_FIELDS };

/** Undefined: what runs was not read, or not enough of it was kept. */
export function liveEndsOf(resolver: FactResolver, workloads: readonly Workload[]): { readonly live: LiveEnds | undefined; readonly unread: readonly Unread[] } {
  const gathered = resolver.gather(LIVE_READER);
  if (!gathered.ok) return { live: undefined, unread: gathered.unread };
  const input = gathered.input as { readonly pods: readonly V1Pod[]; readonly jobs: Collected<readonly V1Job[]>; readonly nodes: Collected<readonly V1Node[]>; readonly replicaSets: Collected<readonly V1ReplicaSet[]> };
  return { live: gather(input, workloads), unread: gathered.unread };
}

function gather({ pods, jobs, nodes, replicaSets }: { readonly pods: readonly V1Pod[]; readonly jobs: Collected<readonly V1Job[]>; readonly nodes: Collected<readonly V1Node[]>; readonly replicaSets: Collected<readonly V1ReplicaSet[]> }, workloads: readonly Workload[]): LiveEnds {
  const byName = new Map(workloads.map((workload) => [nameOf(workload.resource), workload]));
  const made = {
    ReplicaSet: byPlace(replicaSets.ok ? replicaSets.value : [], ({ spec }) => spec?.template?.spec),
    Job: byPlace(jobs.ok ? jobs.value : [], ({ spec }) => spec?.template?.spec),
  };
  const classes = new Map(nodes.ok ? nodes.value.map((node) => [written(node.metadata?.name), classOfNode(node)] as const) : []);
  const of = new Map<Workload, RunningPod[]>();
  const others = new Map<string, RunningPod[]>();
  for (const pod of pods) {
    const [found] = livePods([pod]);
    if (!found) continue;
    const running = { ...found, nodeClass: found.endpoint.node === undefined ? undefined : classes.get(found.endpoint.node) };
    const maker = makerOf(pod, made);
    const workload = byName.get(maker);
    if (workload) push(of, workload, running);
    else push(others, maker, running);
  }
  return { of, others };
}

function push<K>(lists: Map<K, RunningPod[]>, key: K, pod: RunningPod): void {
  const list = lists.get(key);
  if (list) list.push(pod);
  else lists.set(key, [pod]);
}

interface Made {
  readonly metadata?: V1ObjectMeta;
  readonly spec: V1PodSpec | undefined;
}

function byPlace<T extends { readonly metadata?: V1ObjectMeta }>(objects: readonly T[], specOf: (object: T) => V1PodSpec | undefined): ReadonlyMap<string, Made> {
  return new Map(objects.map((object) => [`${written(object.metadata?.namespace)}/${written(object.metadata?.name)}`, { ...(object.metadata ? { metadata: object.metadata } : {}), spec: specOf(object) }]));
}

/** What a pod belongs to, as the fact `workloads` calls it. */
function makerOf(pod: V1Pod, made: { readonly [kind: string]: ReadonlyMap<string, Made> }): string {
  const namespace = textOf(pod.metadata?.namespace) ?? '';
  const { restartPolicy } = pod.spec ?? {};
  const own = identity('v1', 'Pod', pod.metadata, pod.spec, restartPolicy === 'Never' || restartPolicy === 'OnFailure');
  if (own !== undefined) return own;
  const { apiVersion, kind, name } = controllerOf(pod.metadata)!;
  const between = Object.hasOwn(made, kind) ? made[kind]!.get(`${namespace}/${written(name)}`) : undefined;
  if (!between) return nameOf({ kind, namespace, name: written(name) });
  const above = controllerOf(between.metadata);
  return identity(apiVersion, kind, between.metadata, between.spec, kind === 'Job') ?? nameOf({ kind: above!.kind, namespace, name: written(above!.name) });
}

/** Undefined where a controller that is read itself stands above it. */
function identity(apiVersion: string, kind: string, metadata: V1ObjectMeta | undefined, spec: V1PodSpec | undefined, ends: boolean): string | undefined {
  const nodeName = textOf(spec?.nodeName);
  const found = workloadIdentity({ ...{ apiVersion, kind, ends }, ...(metadata ? { metadata } : {}), serviceAccount: textOf(spec?.serviceAccountName) ?? 'default', ...(nodeName === undefined ? {} : { nodeName }) });
  return found && nameOf(found);
}

function nameOf({ kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string }): string {
  return `${kind} ${namespace}/${name}`;
}
