import type { ChangedBy } from './change.ts';
import type { ClusterIdentity } from './cluster-target.ts';
import type { Refusal } from './collected.ts';
import type { Unread } from './derived.ts';
import type { MeasuredNetwork } from './network-measures.ts';
import type { Severity } from './severity.ts';
import type { SourceName } from './sources.ts';
import type { Evidence, ResourceRef } from './violation.ts';

export const OUTCOMES = ['pass', 'fail', 'not-evaluated', 'not-applicable', 'error'] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

/** What one check said of one cluster. There is no sixth outcome and no default. */
export interface CheckOutcome {
  readonly check: string;
  /** The check's effective revision: its own, its facts' and their tables', joined. */
  readonly revision: string;
  readonly outcome: OutcomeKind;
  /** Why not evaluated, not applicable, or the error's message. */
  readonly reason?: string;
  /** Sources among its needs and wants that were not read. Not empty: nothing of this check may be called resolved. */
  readonly unread: readonly Unread[];
  /** Open and excepted findings. */
  readonly findings: number;
  /** The framework controls that this answer is about, as the check named them at the time. */
  readonly controls?: readonly string[];
}

/** A violation with its identity. */
export interface Finding {
  /** SHA-256 of (cluster, check, resource, key), first 32 hex digits. */
  readonly fingerprint: string;
  /** SHA-256 of (check, cause), first 32 hex digits: the item that people see. */
  readonly item: string;
  readonly check: string;
  readonly severity: Severity;
  /** How mild it may be, if what was not read were known; absent: the severity is certain. */
  readonly mildest?: Severity;
  readonly resource: ResourceRef;
  readonly key: string;
  readonly message: string;
  readonly cause: string;
  readonly evidence: Evidence;
  readonly status: 'open' | 'excepted';
  /** Sources that it was seen in; it resolves only where all of them were read. */
  readonly restsOn: readonly SourceName[];
  readonly changedBy?: ChangedBy;
  /** It may pass by itself: it opens when two looks in a row have seen it. */
  readonly passing?: true;
}

/** How reading one source went. */
export interface CoverageRow {
  readonly source: SourceName;
  readonly state: 'read' | 'assumed' | 'refused';
  /** Why refused or assumed. */
  readonly reason?: Refusal;
  readonly objects?: number;
}

/** Everything that one audit says of one cluster. A pure function of the snapshot, the checks and the settings. */
export interface Assessment {
  readonly schemaVersion: 1;
  readonly cluster: ClusterIdentity;
  readonly observedAt: string;
  readonly namespaces: 'all' | readonly string[];
  readonly kubernetesVersion?: string;
  /** Controller templates and pods without a controller. Absent when none of their kinds could be read. */
  readonly workloads?: number;
  /** Absent: made by an earlier version, or of checks none of which is about networks. */
  readonly network?: MeasuredNetwork;
  /** Sorted by check id: every registered check has one. */
  readonly outcomes: readonly CheckOutcome[];
  /** Sorted by severity, check, resource, key. */
  readonly findings: readonly Finding[];
  /** Sorted by source: every source that some check or fact asks for has one. */
  readonly coverage: readonly CoverageRow[];
  readonly problems: readonly string[];
}
