import type { OutcomeKind } from './assessment.ts';
import type { OpenFinding } from './change.ts';
import type { ClusterIdentity } from './cluster-target.ts';
import type { SourceName } from './sources.ts';

/** Since when (UTC, ISO 8601) something is out of sight, and why when last looked. */
export interface Unseen {
  readonly since: string;
  readonly reason: string;
}

/** Where a check stands on a cluster. */
export interface CheckState {
  readonly check: string;
  /** Effective revision and outcome when it was last evaluated (pass, fail or not-applicable); absent: never yet. */
  readonly revision?: string;
  readonly outcome?: OutcomeKind;
  /** It cannot be evaluated, or not completely; absent: it is seen. `lost`: people were told that it went out of sight. */
  readonly unseen?: Unseen & { readonly lost?: true };
  /** Sources that no evaluation of this check has had yet: what is first seen when one of them is read was not missed, it was never looked at. */
  readonly neverRead?: readonly SourceName[];
  /** Its revision went up and it has not been evaluated completely since: what then closes, closes because of the revision. */
  readonly unsettled?: true;
  /** Fingerprints that its last look saw first and that may pass by themselves, sorted: no findings yet. */
  readonly seenOnce?: readonly string[];
}

/** The open findings of one cluster after its last reconciled run: a fold of the history, the same bytes after a replay. */
export interface ClusterState {
  readonly schemaVersion: 1;
  readonly cluster: ClusterIdentity;
  /** `observedAt` of the first look. Absent: it is a target, but could never be looked at yet. */
  readonly firstSeen?: string;
  /** The look that findings and checks come from; absent as above. Looks are ordered by it. */
  readonly observedAt?: string;
  /** The run that this state comes from, and the seal that committed it. */
  readonly run: string;
  readonly seq: number;
  /** The cluster as a whole is out of sight. */
  readonly unseen?: Unseen;
  /** It does not exist any more. */
  readonly gone?: { readonly at: string };
  /** Namespaces that were ever looked at. */
  readonly namespaces: 'all' | readonly string[];
  /** Sorted by check id. */
  readonly checks: readonly CheckState[];
  /** Sorted by fingerprint. */
  readonly findings: readonly OpenFinding[];
  /** Fingerprints that were open once and were resolved, with when: so that they reopen. Sorted. */
  readonly resolved: readonly { readonly fingerprint: string; readonly at: string }[];
}
