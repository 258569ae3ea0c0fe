import type { ClusterState } from '../model/cluster-state.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { ClusterRows, Commit } from './cluster-rows.ts';
import { compare } from './compare.ts';
import { superseded } from './compare-absence.ts';
import type { Look } from './plan-run.ts';

/** What one run's looks at one cluster tell, the best look first. Pure. */
export function computeLooks([best, ...others]: readonly [Look, ...Look[]], state: ClusterState | undefined, commit: Commit): readonly [ClusterRows, ...ClusterRows[]] {
  const { label, assessment } = best;
  const { cluster, observedAt } = assessment;
  const first = state && newestOf(state) >= observedAt ? tooLate(state, { cluster, label, observedAt }, commit) : compare(state, assessment, commit, label);
  const reason = `${label} is the same cluster, and was looked at in this run too`;
  return [first, ...others.map((other) => superseded({ cluster: other.assessment.cluster, label: other.label, observedAt: other.assessment.observedAt }, { ...commit, observedAt }, reason, commit))];
}

/** The moment of the newest look that counted. Empty, and so before every moment: there was none. To have tried in vain is no look. */
export function newestOf({ observedAt = '', gone }: Pick<ClusterState, 'observedAt' | 'gone'>): string {
  return gone && gone.at > observedAt ? gone.at : observedAt;
}

export function tooLate(state: ClusterState, look: { readonly cluster: ClusterIdentity; readonly label: string; readonly observedAt: string }, commit: Commit): ClusterRows {
  return superseded(look, { run: state.run, seq: state.seq, observedAt: newestOf(state) }, 'the record has a newer look at it', commit);
}
