import type { ClusterState } from '../model/cluster-state.ts';
import { atLeast, type Severity } from '../model/severity.ts';
import type { PlacedFinding } from '../notify/digest.ts';

/** Which open findings. What is absent or empty restricts nothing. */
export interface FindingFilter {
  /** This severe or more. */
  readonly severity?: Severity;
  readonly checks?: ReadonlySet<string>;
  /** Ids, ARNs, names or labels. */
  readonly clusters?: ReadonlySet<string>;
  readonly namespaces?: ReadonlySet<string>;
  /** Only those that cannot be looked at any more. */
  readonly unseen?: boolean;
}

/** The open findings of these states, each with where it is and since when nobody could look. Clusters that are gone have none. */
export function openFindings(states: readonly ClusterState[], filter: FindingFilter = {}): readonly PlacedFinding[] {
  const { severity, checks, clusters, namespaces } = filter;
  const found: PlacedFinding[] = [];
  for (const { cluster, findings, unseen, checks: checkStates, gone } of states) {
    const names = [cluster.id, cluster.label, cluster.arn, cluster.name];
    if (gone || (clusters && !names.some((name) => name !== undefined && clusters.has(name)))) continue;
    const lost = new Map(checkStates.flatMap((state) => (state.unseen?.lost ? [[state.check, state.unseen.since] as const] : [])));
    for (const finding of findings) {
      if (finding.status !== 'open') continue;
      if (severity !== undefined && !atLeast(finding.severity, severity)) continue;
      if (checks && !checks.has(finding.check)) continue;
      // What a namespace is called as a resource counts too: a missing policy lands on the Namespace.
      if (namespaces && !namespaces.has(finding.resource.namespace ?? (finding.resource.kind === 'Namespace' ? finding.resource.name : ''))) continue;
      const away = unseen?.since ?? lost.get(finding.check);
      if (filter.unseen && away === undefined) continue;
      found.push({ cluster, finding, ...(away === undefined ? {} : { unseen: away }) });
    }
  }
  return found;
}
