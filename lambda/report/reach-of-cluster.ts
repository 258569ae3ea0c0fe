import type { ReachAnswer, ReachPorts } from '../facts/network/reach/reach-answer.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { Unread } from '../model/derived.ts';

export interface ReachOfCluster {
  readonly cluster: ClusterIdentity;
  /** What was not read: without an answer, the answer needs it; beside one, it could change it. */
  readonly unread: readonly Unread[];
  readonly answer: ReachAnswer | undefined;
}

/** What no answer from policies alone can say. */
export const BEYOND_POLICIES = 'Network policies are in this answer; security groups, routes, service meshes and what listens are not. Pods that run are judged as they are, all of a workload that nothing tells apart in one row; a workload of which none runs is judged as it is declared. A node always reaches its own pods';

/** `TCP 80, 8000-8100, UDP 53`; `every port`; `nothing`. */
export function portWords(ports: ReachPorts): string {
  if (ports.all) return 'every port';
  const byProtocol = new Map<string, string[]>();
  for (const { protocol, first, last } of ports.ports) {
    const numbers = first === last ? String(first) : first === 1 && last === 65_535 ? 'all' : `${first}-${last}`;
    byProtocol.set(protocol, [...(byProtocol.get(protocol) ?? []), numbers]);
  }
  return [...byProtocol].map(([protocol, numbers]) => `${protocol} ${numbers.join(', ')}`).join('; ') || 'nothing';
}
