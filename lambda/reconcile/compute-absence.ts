import type { ClusterState } from '../model/cluster-state.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { RunScope } from '../model/run-scope.ts';
import type { ClusterRows, Commit } from './cluster-rows.ts';
import { gone, missed, superseded } from './compare-absence.ts';
import { newestOf, tooLate } from './compute-looks.ts';
import type { UnseenTarget } from './plan-run.ts';

/** What the targets tell of which nobody knows what cluster they are. */
export function computeStranger({ label, reason }: UnseenTarget, at: string, commit: Commit): ClusterRows {
  return missed(undefined, { label, at, reason, origin: 'cluster' }, commit);
}

/** What a target tells that was not seen, where the run saw its cluster by another way. */
export function computeSeenOtherwise({ label, reason }: UnseenTarget, cluster: ClusterIdentity, times: { readonly at: string; readonly observedAt: string }, commit: Commit): ClusterRows {
  return superseded({ cluster, label, observedAt: times.at }, { ...commit, observedAt: times.observedAt }, `${reason}; but this run saw the same cluster by another way`, commit);
}

/** What the targets tell that are this cluster, sorted by label, none of which was seen. `at`: the run's start. Pure. */
export function computeUnseen(id: string, targets: readonly UnseenTarget[], state: ClusterState | undefined, at: string, commit: Commit): ClusterRows[] {
  return targets.map(({ label, reason }, index) => {
    const cluster = state?.cluster ?? identityFromId(id, label);
    if (index > 0) return superseded({ cluster, label, observedAt: at }, { ...commit, observedAt: at }, reason, commit);
    if (state && newestOf(state) >= at) return tooLate(state, { cluster, label, observedAt: at }, commit);
    return missed(state, { cluster, label, at, reason, origin: 'cluster' }, commit);
  });
}

/** What the accounts and regions said in this run. */
export interface Listings {
  readonly at: string;
  of(cluster: ClusterIdentity): RunScope['listings'][number] | undefined;
  isGone(cluster: ClusterIdentity): boolean;
  /** It is there, and the configuration leaves it out. */
  isUncovered(cluster: ClusterIdentity): boolean;
}

/** Region of the one listing of an account that did not even say which regions it has. */
const ALL_REGIONS = 'all';

export function listingsOf({ startedAt, listings, gone: ids = [], uncovered: left = [] }: RunScope): Listings {
  const places = new Map<string, RunScope['listings'][number]>();
  for (const listing of listings) {
    const place = `${listing.account} ${listing.region}`;
    if (!places.has(place)) places.set(place, listing);
  }
  const goneIds = new Set(ids);
  const uncovered = new Set(left);
  return {
    at: startedAt,
    of: ({ account, region }) => places.get(`${account} ${region}`) ?? places.get(`${account} ${ALL_REGIONS}`),
    isGone: ({ id }) => goneIds.has(id),
    isUncovered: ({ id }) => uncovered.has(id),
  };
}

/** Whether a run that was to look at all must say something of a known cluster that was no target of it. */
export function isLeftOver(state: Pick<ClusterState, 'observedAt' | 'gone'>, { at }: Listings): boolean {
  return !state.gone && newestOf(state) < at;
}

/** What such a run says of it. Pure. */
export function computeLeftOver(state: ClusterState, listings: Listings, commit: Commit): ClusterRows {
  const { cluster } = state;
  const { at } = listings;
  const listing = listings.of(cluster);
  if (listing?.result === 'listed' && listings.isGone(cluster)) return gone(state, at, 'its account and region were listed, and it does not exist any more', commit);
  const absence = { cluster, label: cluster.label, at };
  if (listings.isUncovered(cluster)) return missed(state, { ...absence, origin: 'setting', reason: NOT_COVERED }, commit);
  if (listing?.result === 'listed') return missed(state, { ...absence, origin: 'cluster', reason: 'it was not among the clusters that its account and region listed' }, commit);
  if (listing?.result === 'refused') {
    return missed(state, { ...absence, origin: 'cluster', reason: `the clusters of its account and region could not be listed: ${listing.reason ?? 'no reason given'}` }, commit);
  }
  return missed(state, { ...absence, origin: 'setting', reason: NOT_COVERED }, commit);
}

const NOT_COVERED = 'the configuration does not cover it any more';

/** arn:aws:eks:REGION:ACCOUNT:cluster/NAME, https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
export function identityFromId(id: string, label: string): ClusterIdentity {
  const [, region, account, name] = /^arn:[^:]+:eks:([^:]+):(\d{12}):cluster\/(.+)$/.exec(id) ?? [];
  if (region === undefined || account === undefined || name === undefined) return { id, label };
  return { id, label, arn: id, account, region, name };
}
