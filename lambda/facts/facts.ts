import type { Workload } from './workloads/workload.ts';

/** Every fact by name. A fact has one line here, one in `registry.ts`, and a file that derives it. */
export interface Facts {
  /** All workloads, sorted by namespace, kind, name. */
  readonly workloads: readonly Workload[];
}
