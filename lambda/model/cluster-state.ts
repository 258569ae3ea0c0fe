import type { OutcomeKind } from './assessment.ts';
import type { OpenFinding } from './change.ts';
import type { ClusterIdentity } from './cluster-target.ts';

/** Where a check stands on a cluster. */
export interface CheckState {
  readonly check: string;
  /** Effective revision and outcome when it was last evaluated (pass, fail or not-applicable); absent: never yet. */
  readonly revision?: string;
  readonly outcome?: OutcomeKind;
  /** Since when (`observedAt`) it cannot be evaluated, or not completely, and why; absent: it is seen. */
  readonly unseen?: { readonly since: string; readonly reason: string };
}

/** The open findings of one cluster after its last reconciled run: a fold of the history, the same bytes after a replay. */
export interface ClusterState {
  readonly schemaVersion: 1;
  readonly cluster: ClusterIdentity;
  readonly firstSeen: string;
  /** The look that this state comes from, its run, and the seal that committed it. */
  readonly observedAt: string;
  readonly run: string;
  readonly seq: number;
  /** Since when the cluster as a whole is out of sight, and why. */
  readonly unseen?: { readonly since: string; readonly reason: string };
  /** Sorted by check id. */
  readonly checks: readonly CheckState[];
  /** Sorted by fingerprint. */
  readonly findings: readonly OpenFinding[];
  /** Fingerprints that were open once and were resolved, with when: so that they reopen. Sorted. */
  readonly resolved: readonly { readonly fingerprint: string; readonly at: string }[];
}
