import { objectsOf } from '../as-read.ts';
import type { Workload } from '../workloads/workload.ts';

/**
 * Ports of its node on which a workload listens: hostPort, and in the network of the node each port that a container names. Components of EKS and its add-ons are
 * left out: they come with every cluster, and are not their owners' to close.
 */
export function hostPortsOf({ component, spec }: Workload): readonly { readonly outside: number; readonly container: number }[] {
  if (component !== undefined) return [];
  const found = new Map<number, number>();
  for (const { ports } of objectsOf(spec.containers)) {
    for (const { hostPort, containerPort } of objectsOf(ports)) {
      const outside = spec.hostNetwork === true ? containerPort : hostPort;
      if (typeof outside === 'number' && outside > 0) found.set(outside, containerPort);
    }
  }
  return [...found].map(([outside, container]) => ({ outside, container })).sort((a, b) => a.outside - b.outside);
}
