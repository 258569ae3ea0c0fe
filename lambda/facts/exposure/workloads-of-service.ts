import type { V1Service } from '@kubernetes/client-node';
import { pairsOf } from '../as-read.ts';
import { compileSelector } from '../network/label-selector.ts';
import type { WorkloadIndex } from '../network/workload-index.ts';
import { POD_NAME_LABEL, isLabelOfController } from '../workloads/labels-of-controllers.ts';
import type { Workload } from '../workloads/workload.ts';

/**
 * Workloads of whose pods a Service selects some. A Service for one pod of a StatefulSet (as brokers and databases have them) and one that a rollout points at
 * the newest pods name labels that no template holds: the other labels tell whose pods these are, and the pod's name does. None: the Service has no
 * selector, or one that nothing declared answers to.
 */
export function workloadsOfService({ metadata, spec }: V1Service, index: WorkloadIndex): readonly Workload[] {
  const labels = Object.entries(pairsOf(spec?.selector));
  const declared = labels.filter(([key]) => !isLabelOfController(key));
  const pod = labels.find(([key]) => key === POD_NAME_LABEL)?.[1];
  // What a rollout alone names may be anything.
  if (declared.length === 0 && pod === undefined) return [];
  const selected = index.select(metadata?.namespace ?? '', compileSelector({ matchLabels: Object.fromEntries(declared) }));
  if (pod === undefined) return selected;
  return selected.filter((workload) => workload.labels[POD_NAME_LABEL] === pod || isPodOf(workload.resource, pod) || (declared.length > 0 && !BUILT_IN.has(workload.resource.kind)));
}

/** Pods of a StatefulSet are called after it, with a number; other controllers that use the label may name theirs as they like. */
function isPodOf({ kind, name }: Workload['resource'], pod: string): boolean {
  return (kind === 'StatefulSet' || !BUILT_IN.has(kind)) && pod.startsWith(`${name}-`) && /^\d+$/.test(pod.slice(name.length + 1));
}

/** Of these the StatefulSet alone uses it. */
const BUILT_IN: ReadonlySet<string> = new Set(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);
