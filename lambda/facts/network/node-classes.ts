import type { V1DaemonSet, V1Node, V1PodSpec } from '@kubernetes/client-node';
import { selectsWindows } from '../workloads/operating-system.ts';
import type { Workload } from '../workloads/workload.ts';

/** Kinds of node that enforce policies alike: compute type and operating system. How many there are of one, and which, does not matter. */
export const NODE_CLASSES = ['ec2/linux', 'auto/linux', 'hybrid/linux', 'ec2/windows', 'fargate/linux'] as const;
export type NodeClassName = (typeof NODE_CLASSES)[number];

/** What else tells of nodes that may come. */
export interface DeclaredNodes {
  /** There are NodeClasses of Auto Mode. */
  readonly autoMode: boolean;
  /** A Fargate profile takes the workload; absent: profiles were not read. */
  readonly onFargate?: (workload: Workload) => boolean;
}

/**
 * The classes that a cluster has, by its nodes; and by what is declared, so that nodes scaled to zero overnight change nothing: a workload
 * that asks for Windows, and any workload of a cluster made for EC2 nodes (kube-proxy or aws-node is there, which Auto Mode has not and a cluster for Fargate alone has too) that
 * Fargate does not take.
 */
export function nodeClassesOf(nodes: readonly V1Node[], workloads: readonly Workload[], daemonSets: readonly V1DaemonSet[], declared: DeclaredNodes = { autoMode: false }): ReadonlySet<NodeClassName> {
  const classes = new Set(nodes.map(classOfNode));
  // A DaemonSet runs where there are nodes, and says nothing of whether there are any.
  const placed = workloads.filter(({ resource }) => resource.kind !== 'DaemonSet');
  if (placed.some(({ spec }) => wantsWindows(spec))) classes.add('ec2/windows');
  if (asksForEc2(classes, daemonSets) && placed.some((workload) => !wantsWindows(workload.spec) && !mayRunOnFargate(workload, classes, declared))) classes.add('ec2/linux');
  if (nodes.length === 0 && classes.size === 0 && declared.autoMode && placed.length > 0) classes.add('auto/linux');
  return classes;
}

/** Whether it depends on Fargate profiles that were not read which classes there are. */
export function dependsOnProfiles(nodes: readonly V1Node[], daemonSets: readonly V1DaemonSet[]): boolean {
  const classes = new Set(nodes.map(classOfNode));
  return classes.has('fargate/linux') && asksForEc2(classes, daemonSets);
}

function asksForEc2(classes: ReadonlySet<NodeClassName>, daemonSets: readonly V1DaemonSet[]): boolean {
  return !classes.has('ec2/linux') && daemonSets.some(isNodeComponent);
}

function mayRunOnFargate(workload: Workload, classes: ReadonlySet<NodeClassName>, { onFargate }: DeclaredNodes): boolean {
  return onFargate ? onFargate(workload) : classes.has('fargate/linux');
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

/** Its pods run on Windows nodes and nowhere else. */
export function wantsWindows(spec: V1PodSpec): boolean {
  return spec.os?.name === 'windows' || selectsWindows(spec);
}
