import type { ClusterIdentity } from './cluster-target.ts';
import type { Severity } from './severity.ts';
import type { SourceName } from './sources.ts';
import type { Evidence, ResourceRef } from './violation.ts';

/** Told to people. */
export const ANNOUNCED_CHANGES = [
  'opened',
  'reopened',
  'worsened',
  'eased',
  'resolved',
  'excepted',
  'unexcepted',
  'lost-sight',
  'regained-sight',
] as const;
/** Kept in the history only. */
export const QUIET_CHANGES = ['updated', 'narrowed', 'absorbed'] as const;
export type ChangeKind = (typeof ANNOUNCED_CHANGES)[number] | (typeof QUIET_CHANGES)[number];

/**
 * Where a difference comes from: the cluster itself; our first evaluated look at (cluster, check, revision); a check's new revision; a
 * setting of the user's; or the cluster being gone.
 */
export type ChangeOrigin = 'cluster' | 'first-look' | 'revision' | 'setting' | 'cluster-gone';

/** Who last wrote the object, by its managedFields. A hint for people, outside identity, evidence and comparison. */
export interface ChangedBy {
  readonly manager: string;
  /** UTC, ISO 8601. */
  readonly time: string;
}

/** One row of `history/changes`. A finding's change names the finding; a change of sight names the cluster, and a check where only that was lost. */
export type Change = FindingChange | SightChange;

interface ChangeFrame {
  readonly run: string;
  /** Number of the seal that committed it. */
  readonly seq: number;
  readonly cluster: ClusterIdentity;
  /** When the look that shows it was made. UTC, ISO 8601. */
  readonly observedAt: string;
  readonly origin: ChangeOrigin;
}

/** A finding that an exception covers from its first look on is `opened` with the status `excepted`. `resolved` carries the finding as it was last seen. */
export interface FindingChange extends ChangeFrame {
  readonly kind: Exclude<ChangeKind, 'lost-sight' | 'regained-sight'>;
  readonly finding: OpenFinding;
  /** With `worsened` and `eased`: the severity before. */
  readonly was?: Severity;
}

export interface SightChange extends ChangeFrame {
  readonly kind: 'lost-sight' | 'regained-sight';
  /** Absent: the whole cluster. Else the checks that cannot be evaluated any more, or can be again, sorted. */
  readonly checks?: readonly string[];
  /** Why, in one sentence. */
  readonly reason?: string;
  /** Open findings that stay open unseen, or are seen again. */
  readonly findings: number;
}

/** An open finding as history and state know it. */
export interface OpenFinding {
  readonly fingerprint: string;
  readonly item: string;
  readonly check: string;
  readonly severity: Severity;
  readonly resource: ResourceRef;
  readonly key: string;
  readonly message: string;
  readonly cause: string;
  readonly evidence: Evidence;
  readonly status: 'open' | 'excepted';
  readonly restsOn: readonly SourceName[];
  /** `observedAt` of the look in which it was opened (or reopened). */
  readonly since: string;
  /** Only these namespaces were looked at when it was opened or last changed; absent: all. A narrower look cannot close it. */
  readonly namespaces?: readonly string[];
  readonly changedBy?: ChangedBy;
}
