import type { NamespaceCoverage, PolicyCoverage } from './policy-coverage.ts';
import type { Direction } from './policy.ts';
import { isSystemNamespace } from './system-namespaces.ts';
import type { WorkloadIndex } from './workload-index.ts';

/** A namespace whose owner could close it in a direction and has not. */
export interface DefaultDenyGap {
  readonly namespace: string;
  /** Names of the workloads that nothing isolates, sorted; none where all are isolated and only the next one will not be. */
  readonly open: readonly string[];
  /** Some policy isolates in this direction, so somebody meant to. */
  readonly begun: boolean;
}

/**
 * By namespace, sorted. Namespaces of the system, and those in which only components of EKS and its add-ons run, are not their owners' to close.
 * `complete`: every kind of workload was read; else a namespace that seems empty may be one of those, and nothing is said of it.
 */
export function* defaultDenyGaps(coverage: PolicyCoverage, index: WorkloadIndex, direction: Direction, complete: boolean): Iterable<DefaultDenyGap> {
  for (const namespace of coverage.namespaces.values()) {
    const { state, open } = namespace[direction];
    if (state === 'catch-all' || state === 'unknown' || !isOwners(namespace, index, complete)) continue;
    const names = [...new Set(open.map(({ resource }) => `${resource.kind} ${resource.name}`))].sort();
    yield { namespace: namespace.name, open: names, begun: state === 'selected' };
  }
}

function isOwners({ name }: NamespaceCoverage, index: WorkloadIndex, complete: boolean): boolean {
  if (isSystemNamespace(name)) return false;
  const workloads = index.in(name);
  return workloads.some(({ component }) => component === undefined) || (workloads.length === 0 && complete);
}

/** What keeps the answer open: policies that are not read matter only where no policy that is read closes the namespace. */
export function unjudgedGaps(coverage: PolicyCoverage, direction: Direction): PolicyCoverage['unjudged'] {
  return [...coverage.namespaces.values()].some((namespace) => namespace[direction].state === 'unknown') ? [...coverage.unjudged, ...coverage.unjudgedDefault] : [];
}
