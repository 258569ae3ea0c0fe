import type { OutcomeKind } from './assessment.ts';
import type { ChangeOrigin } from './change.ts';
import type { ClusterIdentity } from './cluster-target.ts';
import type { Unread } from './derived.ts';
import type { MeasuredNetwork } from './network-measures.ts';
import type { SourceName } from './sources.ts';
import type { RefusalCode } from './collected.ts';

/** One row of `history/assessments`: what one check said of one cluster. */
export interface AssessmentRow {
  readonly run: string;
  readonly seq: number;
  readonly cluster: ClusterIdentity;
  readonly observedAt: string;
  readonly check: string;
  readonly revision: string;
  readonly outcome: OutcomeKind;
  readonly reason?: string;
  readonly unread: readonly Unread[];
  /** Open and excepted findings that this look saw. */
  readonly findings: number;
  readonly controls: readonly string[];
  /** Fingerprints of what is no finding yet, sorted: it opens if the next look sees it too. */
  readonly seenOnce?: readonly string[];
}

/**
 * One row of `history/coverage`: how looking at one cluster went.
 * `audited`: it was assessed. `missed`: it was a target, or ought to be one, and was not assessed. `superseded`: the look came too
 * late (or was the poorer of two of one run), nothing came of it. `gone`: it does not exist any more.
 */
export interface LookRow {
  readonly run: string;
  readonly seq: number;
  /** Absent: the target could not be told to be any cluster. */
  readonly cluster?: ClusterIdentity;
  readonly label: string;
  /** When the cluster was looked at; where it was not, the run's start. */
  readonly observedAt: string;
  readonly result: 'audited' | 'missed' | 'superseded' | 'gone';
  /** With `audited`: nothing before it counts. The first look at this cluster, or the first at another cluster of the same name. */
  readonly baseline?: 'first' | 'another';
  /** Why missed, superseded or gone. */
  readonly reason?: string;
  readonly origin?: ChangeOrigin;
  /** With `superseded`: the look that is newer. */
  readonly by?: { readonly run: string; readonly seq: number; readonly observedAt: string };
  readonly namespaces?: 'all' | readonly string[];
  readonly kubernetesVersion?: string;
  readonly workloads?: number;
  /** Absent: an earlier version looked. */
  readonly network?: MeasuredNetwork;
  /** How many sources were read, and which were not. */
  readonly read?: number;
  readonly assumed?: readonly SourceName[];
  readonly refused?: readonly { readonly source: SourceName; readonly code: RefusalCode; readonly message: string }[];
  readonly problems?: readonly string[];
}
