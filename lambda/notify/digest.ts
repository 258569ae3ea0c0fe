import { QUIET_CHANGES, type Change, type FindingChange, type SightChange } from '../model/change.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { Severity } from '../model/severity.ts';
import { itemsOf, type CheckWords, type DigestItem } from './digest-items.ts';
import { isSight, netChanges } from './net-changes.ts';
import { countSeverities, type SeverityCounts } from './severity-counts.ts';
import { compareText } from '../model/compare-text.ts';

export { itemsOfFindings } from './digest-items.ts';
export type { CheckWords, DigestItem, DigestPlace, PlacedFinding } from './digest-items.ts';

/** The first look at clusters that were never seen before: one summary, never a message a finding. */
export interface Baseline {
  readonly clusters: readonly ClusterIdentity[];
  readonly counts: SeverityCounts;
  readonly items: readonly DigestItem[];
}

/** Differences of one check on known clusters that come from us: it is new there, was evaluated for the first time, or its revision went up. */
export interface OwnDifference {
  readonly check: string;
  readonly title: string;
  readonly origin: 'first-look' | 'revision';
  readonly clusters: readonly ClusterIdentity[];
  readonly opened: SeverityCounts;
  /** Of another kind: eased, worsened, resolved. */
  readonly others: number;
}

/** What people are told about one or several runs: a value, in no particular medium. */
export interface Digest {
  readonly baseline?: Baseline;
  /** What changed in clusters that were known before, the most consequential first. */
  readonly items: readonly DigestItem[];
  /** Findings of those items, by kind of change, in order of consequence. */
  readonly counts: readonly { readonly kind: DigestItem['kind']; readonly findings: number }[];
  readonly own: readonly OwnDifference[];
  /** Clusters and checks that went out of sight, or came back, in these runs. */
  readonly sight: readonly SightChange[];
  /** Clusters that are not there any more; their findings closed with them. */
  readonly gone: readonly { readonly cluster: ClusterIdentity; readonly findings: number }[];
  readonly standing: Standing;
  /** The oldest earlier look among the clusters that were known before: the news is since then. UTC, ISO 8601. */
  readonly since?: string;
}

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

/** Kinds of change in order of consequence: the order in which they are told. */
export const TOLD_KINDS = ['opened', 'reopened', 'worsened', 'unexcepted', 'eased', 'excepted', 'resolved'] as const satisfies readonly FindingChange['kind'][];

/**
 * What these runs mean for people. `changes` are in the order of the seals; `states` stand after the last, `before` before the first
 * (absent: the cluster was never seen). Pure, and the same whatever the order of rows within a look.
 */
export function digest(
  changes: readonly Change[],
  states: readonly ClusterState[],
  before: ReadonlyMap<string, ClusterState>,
  checks: readonly CheckWords[],
): Digest {
  const net = netChanges(changes).filter(({ kind }) => !(QUIET_CHANGES as readonly string[]).includes(kind));
  const findings: FindingChange[] = [];
  const sight: SightChange[] = [];
  for (const change of net) {
    if (isSight(change)) sight.push(change);
    else findings.push(change);
  }
  const fresh = new Set(firstLooks(states, before).map(({ cluster }) => cluster.id));
  const known = findings.filter(({ cluster, origin }) => !fresh.has(cluster.id) || origin === 'cluster-gone');
  const news = known.filter(({ kind, origin, finding }) => (origin === 'cluster' || origin === 'setting') && !(kind === 'opened' && finding.status === 'excepted'));
  const items = itemsOf(news, checks);
  const baseline = baselineOf(findings, firstLooks(states, before), checks);
  const since = [...before.values()].flatMap(({ observedAt, gone }) => (gone ? [] : (observedAt ?? []))).sort()[0];
  return {
    ...(baseline ? { baseline } : {}),
    items,
    counts: TOLD_KINDS.map((kind) => ({ kind, findings: news.filter((change) => change.kind === kind).length })).filter((count) => count.findings > 0),
    own: ownDifferences(known, checks),
    sight: sight.sort((a, b) => compareText(a.kind, b.kind) || compareText(a.cluster.label, b.cluster.label) || compareText(a.reason ?? '', b.reason ?? '')),
    gone: goneClusters(known),
    standing: standingOf(states),
    ...(since === undefined ? {} : { since }),
  };
}

/**
 * Clusters of which these states hold the first look. A target that could never be looked at has a state too, its first look is still to
 * come; and a cluster that was made anew under an old name begins anew.
 */
export function firstLooks(states: readonly ClusterState[], before: ReadonlyMap<string, ClusterState>): readonly ClusterState[] {
  return states.filter(({ cluster, observedAt, firstSeen }) => observedAt !== undefined && before.get(cluster.id)?.firstSeen !== firstSeen);
}

function baselineOf(
  findings: readonly FindingChange[],
  fresh: readonly ClusterState[],
  checks: readonly CheckWords[],
): Baseline | undefined {
  const clusters = fresh.map(({ cluster }) => cluster);
  if (clusters.length === 0) return undefined;
  const ids = new Set(clusters.map(({ id }) => id));
  const first = findings.filter(({ cluster, kind, finding }) => ids.has(cluster.id) && kind === 'opened' && finding.status === 'open');
  return { clusters: clusters.sort((a, b) => compareText(a.label, b.label)), counts: countSeverities(first.map(({ finding }) => finding.severity)), items: itemsOf(first, checks) };
}

function ownDifferences(known: readonly FindingChange[], checks: readonly CheckWords[]): OwnDifference[] {
  const groups = new Map<string, FindingChange[]>();
  for (const change of known) {
    if (change.origin !== 'first-look' && change.origin !== 'revision') continue;
    const key = JSON.stringify([change.finding.check, change.origin]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  return [...groups.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) => {
      const { finding, origin } = group[0]!;
      const opened = group.filter(({ kind }) => kind === 'opened' || kind === 'reopened');
      return {
        check: finding.check,
        title: titles.get(finding.check) ?? finding.check,
        origin: origin as OwnDifference['origin'],
        clusters: distinctClusters(group),
        opened: countSeverities(opened.map((change): Severity => change.finding.severity)),
        others: group.length - opened.length,
      };
    });
}

function goneClusters(known: readonly FindingChange[]): Digest['gone'] {
  const gone = known.filter(({ origin }) => origin === 'cluster-gone');
  return distinctClusters(gone).map((cluster) => ({ cluster, findings: gone.filter((change) => change.cluster.id === cluster.id).length }));
}

function distinctClusters(changes: readonly FindingChange[]): ClusterIdentity[] {
  return [...new Map(changes.map(({ cluster }) => [cluster.id, cluster])).values()].sort((a, b) => compareText(a.label, b.label));
}

/** Where clusters stand, from their states alone. Clusters that are gone stand nowhere. */
export function standingOf(states: readonly ClusterState[]): Standing {
  const there = states.filter(({ gone }) => !gone).sort((a, b) => compareText(a.cluster.label, b.cluster.label));
  const severities: Severity[] = [];
  const unseen: UnseenCluster[] = [];
  const partly: { cluster: ClusterIdentity; checks: readonly string[] }[] = [];
  for (const state of there) {
    const open = state.findings.filter(({ status }) => status === 'open');
    severities.push(...open.map(({ severity }) => severity));
    const checks = state.checks.filter((check) => check.unseen?.lost).map(({ check }) => check);
    if (state.unseen) unseen.push({ cluster: state.cluster, since: state.unseen.since, reason: state.unseen.reason, findings: open.length });
    else if (checks.length > 0) partly.push({ cluster: state.cluster, checks });
  }
  return { clusters: there.length, open: countSeverities(severities), unseen, partly };
}
