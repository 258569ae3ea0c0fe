import type { V1DaemonSet } from '@kubernetes/client-node';
import { isKeptOffNodes } from './kept-off-nodes.ts';
import { engineOf } from './policy-engines.ts';
import { VPC_CNI } from './policy-enforcement.ts';

/** The agents of an engine: a pod on every node that it enforces on. */
export interface PolicyAgents {
  readonly engine: string;
  readonly daemonSet: string;
  readonly windows: boolean;
  /** `some-missing`: not ready on less than a twentieth of the nodes, as where nodes come and go all the time. */
  readonly ready: 'all' | 'some-missing' | 'many-missing' | 'none';
}

/** Of engines known by their DaemonSets; of one that says nothing of its pods, nothing. */
export function policyAgentsOf(daemonSets: readonly V1DaemonSet[]): readonly PolicyAgents[] {
  const found: PolicyAgents[] = [];
  for (const daemonSet of daemonSets) {
    const { metadata, status } = daemonSet;
    const windows = engineOf(daemonSet, true);
    const engine = windows ?? engineOf(daemonSet, false) ?? (metadata?.namespace === 'kube-system' && metadata.name === 'aws-node' ? VPC_CNI : undefined);
    const desired = status?.desiredNumberScheduled;
    const ready = status?.numberReady;
    if (engine === undefined || typeof desired !== 'number' || typeof ready !== 'number' || desired === 0 || isKeptOffNodes(daemonSet)) continue;
    found.push({ engine, daemonSet: `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`, windows: windows !== undefined, ready: readiness(ready, desired) });
  }
  return found;
}

function readiness(ready: number, desired: number): PolicyAgents['ready'] {
  if (ready >= desired) return 'all';
  if (ready <= 0) return 'none';
  return (desired - ready) * 20 < desired ? 'some-missing' : 'many-missing';
}
