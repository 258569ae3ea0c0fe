import type { Severity } from './severity.ts';
import type { SourceName } from './sources.ts';

/** What a finding is about. A cluster-scoped thing has no namespace. Things that are no API object have a kind of our own (`Cluster`, `NodeClass`). */
export interface ResourceRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** JSON without `undefined`. Assessment makes it canonical: keys sorted, long lists capped with a total. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Evidence = { readonly [key: string]: Json };

/**
 * What a check yields: one fault of one resource. `resource` and `key` are identity (with cluster and check); everything else may
 * change from run to run without making it another finding.
 */
export interface Violation {
  readonly resource: ResourceRef;
  /** The part of the identity that the resource does not tell: fault and container, direction, power and scope. Stable across order, renames of other things, restarts. */
  readonly key: string;
  /** One sentence without a period, consequence first, this case's details in it. No pod or node names, uids, times or counts of replicas. */
  readonly message: string;
  /** What one repair would remove. Names no cluster. Findings of one check with the same cause are shown as one item over all places and clusters. */
  readonly cause: string;
  /** Facts that show why. Lists in here are sorted by the check where order has no meaning. No pod or node names, uids, times, replica counts. */
  readonly evidence: Evidence;
  /** Where it depends on the case; else the check's. */
  readonly severity?: Severity;
  /** How mild it may be, if what was not read were known; absent: the severity is certain. A look makes what was known before no graver than this, and no milder. */
  readonly mildest?: Severity;
  /** The sources it was seen in, where these are fewer than the check's needs (a workload finding: its kind's list). */
  readonly restsOn?: readonly SourceName[];
}
