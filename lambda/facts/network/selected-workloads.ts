import type { Workload } from '../workloads/workload.ts';
import type { NamespacedPolicy } from './policy.ts';
import type { PolicySelection } from './policy-selection.ts';
import type { WorkloadIndex } from './workload-index.ts';

/**
 * Workloads that some policy selects of which this holds, in these namespaces. Policies with one selector are matched once; of selectors of exclusions alone only who is not found yet is
 * asked.
 */
export function workloadsSelectedBy({ groups }: PolicySelection, index: WorkloadIndex, namespaces: Iterable<string>, holds: (policy: NamespacedPolicy) => boolean): ReadonlySet<Workload> {
  const found = new Set<Workload>();
  for (const namespace of namespaces) {
    let lacking: readonly Workload[] | undefined;
    for (const { selector, policies } of groups.get(namespace) ?? []) {
      if (!policies.some(holds)) continue;
      if (selector.certain.length > 0) for (const workload of index.select(namespace, selector)) found.add(workload);
      else {
        lacking ??= index.in(namespace);
        for (const workload of lacking) if (selector.matches(workload.labels)) found.add(workload);
        lacking = lacking.filter((workload) => !found.has(workload));
      }
    }
  }
  return found;
}
