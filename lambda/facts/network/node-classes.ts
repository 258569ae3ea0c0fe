import type { V1DaemonSet, V1Node, V1PodSpec } from '@kubernetes/client-node';
import { listOf } from '../as-read.ts';
import type { Workload } from '../workloads/workload.ts';

/** Kinds of node that enforce policies alike: compute type and operating system. How many there are of one, and which, does not matter. */
export const NODE_CLASSES = ['ec2/linux', 'auto/linux', 'hybrid/linux', 'ec2/windows', 'fargate/linux'] as const;
export type NodeClassName = (typeof NODE_CLASSES)[number];

/**
 * The classes that a cluster has, by its nodes; and by what is declared, so that nodes scaled to zero overnight change nothing: a workload
 * that asks for Windows, and any workload of a cluster made for EC2 nodes (kube-proxy or aws-node is there, which Auto Mode and Fargate have not).
 */
export function nodeClassesOf(nodes: readonly V1Node[], workloads: readonly Workload[], daemonSets: readonly V1DaemonSet[]): ReadonlySet<NodeClassName> {
  const classes = new Set(nodes.map(classOfNode));
  // A DaemonSet runs where there are nodes, and says nothing of whether there are any.
  const placed = workloads.filter(({ resource }) => resource.kind !== 'DaemonSet');
  if (placed.some(({ spec }) => wantsWindows(spec))) classes.add('ec2/windows');
  if (!classes.has('fargate/linux') && daemonSets.some(isNodeComponent) && placed.some(({ spec }) => !wantsWindows(spec))) classes.add('ec2/linux');
  return classes;
}

/** By its labels. */
export function classOfNode({ metadata }: V1Node): NodeClassName {
  const label = (key: string): string => metadata?.labels?.[key] ?? '';
  if (label('kubernetes.io/os') === 'windows') return 'ec2/windows';
  const compute = label('eks.amazonaws.com/compute-type');
  return compute === 'auto' || compute === 'hybrid' || compute === 'fargate' ? `${compute}/linux` : 'ec2/linux';
}

function isNodeComponent({ metadata }: V1DaemonSet): boolean {
  return metadata?.namespace === 'kube-system' && (metadata.name === 'aws-node' || metadata.name === 'kube-proxy');
}

const OS_LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

/** Its pods run on Windows nodes and nowhere else. */
export function wantsWindows(spec: V1PodSpec): boolean {
  if (spec.os?.name === 'windows' || OS_LABELS.some((key) => spec.nodeSelector?.[key] === 'windows')) return true;
  // Terms are alternatives: all of them must ask for it.
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.length > 0 && terms.every((term) => (term.matchExpressions ?? []).some(asksForWindows));
}

function asksForWindows({ key, operator, values }: { readonly key: string; readonly operator: string; readonly values?: readonly string[] }): boolean {
  if (!OS_LABELS.includes(key) || operator !== 'In') return false;
  const asked = listOf(values);
  return asked.length > 0 && asked.every((value) => value === 'windows');
}
