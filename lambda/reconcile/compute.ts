import type { ClusterState } from '../model/cluster-state.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { RunScope } from '../model/run-scope.ts';
import type { ClusterRows, Commit } from './cluster-rows.ts';
import { compare } from './compare.ts';
import { gone, missed, superseded } from './compare-absence.ts';
import { fold } from './fold.ts';
import type { RunPlan, UnseenTarget } from './plan-run.ts';
import { compareText } from '../model/compare-text.ts';

/** What a run would commit. */
export interface Computed {
  /** Sorted by cluster id, then label. */
  readonly rows: readonly ClusterRows[];
  /** By cluster id: the states that change. */
  readonly states: ReadonlyMap<string, ClusterState>;
}

/** Compares what a run left with what is known. Pure. `known`: states by cluster id, at least those of `clustersOf`. */
export function compute(scope: RunScope, plan: RunPlan, known: ReadonlyMap<string, ClusterState>, commit: Commit): Computed {
  const rows: ClusterRows[] = [];
  const looked = new Map<string, string>();
  for (const { label, assessment } of plan.looks) {
    const { cluster, observedAt } = assessment;
    const state = known.get(cluster.id);
    looked.set(cluster.id, observedAt);
    rows.push(state && newestOf(state) >= observedAt ? tooLate(state, { cluster, label, observedAt }, commit) : compare(state, assessment, commit, label));
  }
  for (const { look, better } of plan.duplicates) {
    const { cluster, observedAt } = look.assessment;
    rows.push(superseded({ cluster, label: look.label, observedAt }, { ...commit, observedAt: better.assessment.observedAt }, `${better.label} is the same cluster, and was looked at in this run too`, commit));
  }
  const { rows: unseenRows, clusters } = absences(plan.unseen, looked, known, scope, commit);
  rows.push(...unseenRows);
  if (scope.clusters === 'all') rows.push(...leftOver(scope, known, new Set([...looked.keys(), ...clusters]), commit));
  rows.sort((a, b) => compareText(a.look.cluster?.id ?? '', b.look.cluster?.id ?? '') || compareText(a.look.label, b.look.label));
  const states = new Map<string, ClusterState>();
  for (const row of rows) {
    const id = row.look.cluster?.id;
    if (id === undefined) continue;
    const before = states.get(id) ?? known.get(id);
    const after = fold(before, row);
    if (after && after !== before) states.set(id, after);
  }
  return { rows, states };
}

function absences(unseen: readonly UnseenTarget[], looked: ReadonlyMap<string, string>, known: ReadonlyMap<string, ClusterState>, scope: RunScope, commit: Commit) {
  const rows: ClusterRows[] = [];
  const clusters = new Set<string>();
  for (const target of unseen) {
    const { label, reason } = target;
    const cluster = identityOf(target, known);
    const at = scope.startedAt;
    const observedAt = cluster ? looked.get(cluster.id) : undefined;
    const state = cluster ? known.get(cluster.id) : undefined;
    if (!cluster) rows.push(missed(undefined, { label, at, reason, origin: 'cluster' }, commit));
    else if (observedAt !== undefined) rows.push(superseded({ cluster, label, observedAt: at }, { ...commit, observedAt }, `${reason}; but this run saw the same cluster by another way`, commit));
    else if (clusters.has(cluster.id)) rows.push(superseded({ cluster, label, observedAt: at }, { ...commit, observedAt: at }, reason, commit));
    else if (state && newestOf(state) >= at) rows.push(tooLate(state, { cluster, label, observedAt: at }, commit));
    else rows.push(missed(state, { cluster, label, at, reason, origin: 'cluster' }, commit));
    if (cluster) clusters.add(cluster.id);
  }
  return { rows, clusters };
}

/** Clusters that are known and were no target of a run that was to look at all. */
function leftOver(scope: RunScope, known: ReadonlyMap<string, ClusterState>, seen: ReadonlySet<string>, commit: Commit): ClusterRows[] {
  const rows: ClusterRows[] = [];
  for (const state of known.values()) {
    const { cluster } = state;
    if (seen.has(cluster.id) || state.gone || newestOf(state) >= scope.startedAt) continue;
    const at = scope.startedAt;
    const listing = scope.listings.find(({ account, region }) => account === cluster.account && region === cluster.region);
    if (listing?.result === 'listed' && scope.gone?.includes(cluster.id)) {
      rows.push(gone(state, at, 'its account and region were listed, and it does not exist any more', commit));
    } else if (listing?.result === 'listed') {
      rows.push(missed(state, { cluster, label: cluster.label, at, origin: 'cluster', reason: 'it was not among the clusters that its account and region listed' }, commit));
    } else if (listing?.result === 'refused') {
      rows.push(missed(state, { cluster, label: cluster.label, at, origin: 'cluster', reason: `the clusters of its account and region could not be listed: ${listing.reason ?? 'no reason given'}` }, commit));
    } else {
      rows.push(missed(state, { cluster, label: cluster.label, at, origin: 'setting', reason: 'the configuration does not cover it any more' }, commit));
    }
  }
  return rows;
}

/** The moment of the newest look that counted. Empty, and so before every moment: there was none. To have tried in vain is no look. */
function newestOf({ observedAt = '', gone }: ClusterState): string {
  return gone && gone.at > observedAt ? gone.at : observedAt;
}

function tooLate(state: ClusterState, look: { readonly cluster: ClusterIdentity; readonly label: string; readonly observedAt: string }, commit: Commit): ClusterRows {
  return superseded(look, { run: state.run, seq: state.seq, observedAt: newestOf(state) }, 'the record has a newer look at it', commit);
}

/** Which cluster a target is that nobody could ask: by the id that was known before, else by its label where that is one cluster's alone. */
function identityOf({ label, cluster }: UnseenTarget, known: ReadonlyMap<string, ClusterState>): ClusterIdentity | undefined {
  if (cluster !== undefined) return known.get(cluster)?.cluster ?? fromId(cluster, label);
  const named = [...known.values()].filter((state) => state.cluster.label === label && !state.gone);
  return named.length === 1 ? named[0]!.cluster : undefined;
}

/** arn:aws:eks:REGION:ACCOUNT:cluster/NAME, https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
function fromId(id: string, label: string): ClusterIdentity {
  const [, region, account, name] = /^arn:[^:]+:eks:([^:]+):(\d{12}):cluster\/(.+)$/.exec(id) ?? [];
  if (region === undefined || account === undefined || name === undefined) return { id, label };
  return { id, label, arn: id, account, region, name };
}
