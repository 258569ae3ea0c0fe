import type { Change, ChangeOrigin } from '../model/change.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { ClusterRows, Commit } from './cluster-rows.ts';

/** A cluster, or a target, that was not assessed. */
export interface Absence {
  /** Absent: nobody knows which cluster the target is. */
  readonly cluster?: ClusterIdentity;
  readonly label: string;
  /** The run's start. UTC, ISO 8601. */
  readonly at: string;
  readonly reason: string;
  readonly origin: ChangeOrigin;
}

/** It could not be looked at: it goes out of sight once, and everything that is open there stays open. */
export function missed(previous: ClusterState | undefined, absence: Absence, commit: Commit): ClusterRows {
  const { cluster, label, at, reason, origin } = absence;
  const changes: Change[] = [];
  if (cluster && !previous?.unseen && !previous?.gone) {
    changes.push({ ...commit, cluster, observedAt: at, kind: 'lost-sight', origin, reason, findings: previous?.findings.filter(({ status }) => status === 'open').length ?? 0 });
  }
  return { look: { ...commit, ...(cluster ? { cluster } : {}), label, observedAt: at, result: 'missed', reason, origin }, assessments: [], changes };
}

/** It does not exist any more: what was open there closes with it. */
export function gone(previous: ClusterState, at: string, reason: string, commit: Commit): ClusterRows {
  const { cluster, findings } = previous;
  return {
    look: { ...commit, cluster, label: cluster.label, observedAt: at, result: 'gone', reason, origin: 'cluster-gone' },
    assessments: [],
    changes: findings.map((finding) => ({ ...commit, cluster, observedAt: at, kind: 'resolved', origin: 'cluster-gone', finding })),
  };
}

/** A look of which nothing came: `by` is newer, or was the better one of the two of this run. */
export function superseded(
  look: { readonly cluster: ClusterIdentity; readonly label: string; readonly observedAt: string },
  by: { readonly run: string; readonly seq: number; readonly observedAt: string },
  reason: string,
  commit: Commit,
): ClusterRows {
  return { look: { ...commit, ...look, result: 'superseded', by, reason }, assessments: [], changes: [] };
}
