import type { CheckState, ClusterState } from '../model/cluster-state.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { OpenFinding } from '../model/change.ts';
import { compareText } from '../model/compare-text.ts';
import type { Severity } from '../model/severity.ts';
import { countSeverities, type SeverityCounts } from './severity-counts.ts';

/** Where the clusters of the scope stand now. */
export interface Standing {
  readonly clusters: number;
  /** Open findings, those out of sight included. */
  readonly open: SeverityCounts;
  /** Clusters that cannot be seen as a whole. */
  readonly unseen: readonly UnseenCluster[];
  /** Clusters of which some checks that once were evaluated cannot be any more. */
  readonly partly: readonly { readonly cluster: ClusterIdentity; readonly checks: readonly string[] }[];
}

export interface UnseenCluster {
  readonly cluster: ClusterIdentity;
  readonly since: string;
  readonly reason: string;
  readonly findings: number;
}

/** What is needed of a state to tell where its cluster stands. */
export interface StandingState extends Pick<ClusterState, 'cluster' | 'gone' | 'unseen'> {
  readonly checks: readonly Pick<CheckState, 'check' | 'unseen'>[];
  readonly findings: readonly Pick<OpenFinding, 'status' | 'severity'>[];
}

/** Where clusters stand, from their states alone. Clusters that are gone stand nowhere. */
export function standingOf(states: readonly StandingState[]): Standing {
  const there = states.filter(({ gone }) => !gone).sort((a, b) => compareText(a.cluster.label, b.cluster.label));
  const severities: Severity[] = [];
  const unseen: UnseenCluster[] = [];
  const partly: { cluster: ClusterIdentity; checks: readonly string[] }[] = [];
  for (const state of there) {
    const open = state.findings.filter(({ status }) => status === 'open');
    for (const { severity } of open) severities.push(severity);
    const checks = state.checks.filter((check) => check.unseen?.lost).map(({ check }) => check);
    if (state.unseen) unseen.push({ cluster: state.cluster, since: state.unseen.since, reason: state.unseen.reason, findings: open.length });
    else if (checks.length > 0) partly.push({ cluster: state.cluster, checks });
  }
  return { clusters: there.length, open: countSeverities(severities), unseen, partly };
}
