import type { Severity } from '../../model/severity.ts';
import type { Evidence, Violation } from '../../model/violation.ts';
import type { Offence } from '../pod-security/rule.ts';
import type { Workload } from './workload.ts';

export interface WorkloadFault {
  /** Of the key, and of the cause where `cause` names no other: one repair of the object removes all its faults of this name. */
  readonly fault: string;
  readonly container?: string | undefined;
  /** What the workload may do, after its name: "may take over its node: container app is privileged". */
  readonly says: string;
  readonly evidence?: Evidence;
  readonly severity?: Severity;
  /** Where one habit shows in many workloads and they are told as one. */
  readonly cause?: string;
}

/** A violation about a workload: resource, key, cause and source are the same way in all checks. */
export function workloadViolation({ resource, source }: Workload, { fault, container, says, evidence, severity, cause }: WorkloadFault): Violation {
  return {
    resource,
    key: container === undefined ? fault : `${fault}/${container}`,
    message: `${resource.namespace}/${resource.name} ${says}`,
    cause: cause ?? `${resource.kind} ${resource.namespace}/${resource.name}: ${fault}`,
    evidence: { ...(container === undefined ? {} : { container }), ...evidence },
    restsOn: [source],
    ...(severity === undefined ? {} : { severity }),
  };
}

/** Offences by container (undefined: the pod as a whole), with what was refused there, sorted and each once. */
export function byContainer(offences: Iterable<Offence>): ReadonlyMap<string | undefined, readonly string[]> {
  const grouped = new Map<string | undefined, Set<string>>();
  for (const { container, what } of offences) {
    const whats = grouped.get(container) ?? new Set<string>();
    if (what !== undefined) whats.add(what);
    grouped.set(container, whats);
  }
  return new Map([...grouped].map(([container, whats]) => [container, [...whats].sort()]));
}
