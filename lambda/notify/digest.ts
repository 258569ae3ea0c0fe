import { QUIET_CHANGES, type Change, type FindingChange, type SightChange } from '../model/change.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import { atLeast, compareSeverity, type Severity } from '../model/severity.ts';
import { itemsOf, type CheckWords, type DigestItem } from './digest-items.ts';
import { isSight, netChanges } from './net-changes.ts';
import { countSeverities, type SeverityCounts } from './severity-counts.ts';
import { standingOf, type Standing } from './standing.ts';
import { compareText } from '../model/compare-text.ts';

export { itemsOfFindings } from './digest-items.ts';
export type { CheckWords, DigestItem, DigestPlace, PlacedFinding } from './digest-items.ts';
export { standingOf } from './standing.ts';
export type { Standing, UnseenCluster } from './standing.ts';

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
  /** The worst that one of them is or was. */
  readonly severity: Severity;
}

/** What people are told about one or several runs: a value, in no particular medium. */
export interface Digest {
  readonly baseline?: Baseline;
  /** What changed in clusters that were known before, the most consequential first. */
  readonly items: readonly DigestItem[];
  /** Findings of those items, by kind of change, in order of consequence. */
  readonly counts: KindCounts;
  /** News that is less severe than what was asked for: counted, and in no item. */
  readonly below: KindCounts;
  readonly own: readonly OwnDifference[];
  /** Clusters and checks that went out of sight, or came back, in these runs. */
  readonly sight: readonly SightChange[];
  /** Clusters that are not there any more; their findings closed with them. */
  readonly gone: readonly { readonly cluster: ClusterIdentity; readonly findings: number }[];
  readonly standing: Standing;
  /** The oldest earlier look among the clusters that were known before: the news is since then. UTC, ISO 8601. */
  readonly since?: string;
}

/** Only kinds of which there is one, in order of consequence. */
export type KindCounts = readonly { readonly kind: DigestItem['kind']; readonly findings: number }[];

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
  const since = [...before.values()].flatMap(({ observedAt, gone }) => (gone ? [] : (observedAt ?? []))).sort()[0];
  const fresh = firstLooks(states, before).map(({ cluster }) => cluster);
  return digestOf({ changes, fresh, freshFrom: new Map(fresh.map(({ id }) => [id, 0])), gone: [], standing: standingOf(states), checks, severity: 'info', ...(since === undefined ? {} : { since }) });
}

/** Several runs as their history tells them. */
export interface Told {
  /** In the order of the seals. */
  readonly changes: readonly Change[];
  /** Clusters whose first look is among them. */
  readonly fresh: readonly ClusterIdentity[];
  /** The seal of each first look, by the cluster's id. */
  readonly freshFrom: ReadonlyMap<string, number>;
  /** Clusters that are not there any more, beside those of which findings closed: there may have been none. */
  readonly gone: readonly ClusterIdentity[];
  readonly standing: Standing;
  readonly since?: string;
  readonly checks: readonly CheckWords[];
  /** The least severe news that makes an item. */
  readonly severity: Severity;
}

export function digestOf({ changes, fresh, freshFrom, gone, standing, since, checks, severity }: Told): Digest {
  const net = netChanges(changes, freshFrom).filter(({ kind }) => !(QUIET_CHANGES as readonly string[]).includes(kind));
  const findings: FindingChange[] = [];
  const sight: SightChange[] = [];
  for (const change of net) {
    if (isSight(change)) sight.push(change);
    else findings.push(change);
  }
  const freshIds = new Set(fresh.map(({ id }) => id));
  const known = findings.filter(({ cluster, origin }) => !freshIds.has(cluster.id) || origin === 'cluster-gone');
  const news = known.filter(({ kind, origin, finding }) => (origin === 'cluster' || origin === 'setting') && !(kind === 'opened' && finding.status === 'excepted'));
  const severe = news.filter((change) => atLeast(worstOf(change), severity));
  const listed = new Set(severe);
  const baseline = baselineOf(findings, fresh, checks);
  return {
    ...(baseline ? { baseline } : {}),
    items: itemsOf(severe, checks),
    counts: countKinds(severe),
    below: countKinds(news.filter((change) => !listed.has(change))),
    own: ownDifferences(known, checks),
    sight: sight.sort((a, b) => compareText(a.kind, b.kind) || compareText(a.cluster.label, b.cluster.label) || compareText(a.reason ?? '', b.reason ?? '')),
    gone: goneClusters(known, gone),
    standing,
    ...(since === undefined ? {} : { since }),
  };
}

/** What eased was worse: who was told that it opened is told that it did. */
function worstOf({ finding, was }: FindingChange): Severity {
  return was !== undefined && compareSeverity(was, finding.severity) < 0 ? was : finding.severity;
}

function countKinds(changes: readonly FindingChange[]): KindCounts {
  return TOLD_KINDS.map((kind) => ({ kind, findings: changes.filter((change) => change.kind === kind).length })).filter((count) => count.findings > 0);
}

/**
 * Clusters of which these states hold the first look. A target that could never be looked at has a state too, its first look is still to
 * come; and a cluster that was made anew under an old name begins anew.
 */
export function firstLooks(states: readonly ClusterState[], before: ReadonlyMap<string, ClusterState>): readonly ClusterState[] {
  return states.filter(({ cluster, observedAt, firstSeen }) => observedAt !== undefined && before.get(cluster.id)?.firstSeen !== firstSeen);
}

function baselineOf(findings: readonly FindingChange[], clusters: readonly ClusterIdentity[], checks: readonly CheckWords[]): Baseline | undefined {
  if (clusters.length === 0) return undefined;
  const ids = new Set(clusters.map(({ id }) => id));
  const first = findings.filter(({ cluster, kind, finding }) => ids.has(cluster.id) && kind === 'opened' && finding.status === 'open');
  return { clusters: [...clusters].sort((a, b) => compareText(a.label, b.label)), counts: countSeverities(first.map(({ finding }) => finding.severity)), items: itemsOf(first, checks) };
}

function ownDifferences(known: readonly FindingChange[], checks: readonly CheckWords[]): OwnDifference[] {
  const groups = new Map<string, FindingChange[]>();
  for (const change of known) {
    if (change.origin !== 'first-look' && change.origin !== 'revision') continue;
    const key = JSON.stringify([change.finding.check, change.origin]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
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
        severity: group.map(worstOf).sort(compareSeverity)[0]!,
      };
    });
}

function goneClusters(known: readonly FindingChange[], others: readonly ClusterIdentity[]): Digest['gone'] {
  const findings = new Map<string, { cluster: ClusterIdentity; findings: number }>(others.map((cluster) => [cluster.id, { cluster, findings: 0 }]));
  for (const { cluster, origin } of known) {
    if (origin === 'cluster-gone') findings.set(cluster.id, { cluster, findings: (findings.get(cluster.id)?.findings ?? 0) + 1 });
  }
  return [...findings.values()].sort((a, b) => compareText(a.cluster.label, b.cluster.label));
}

function distinctClusters(changes: readonly FindingChange[]): ClusterIdentity[] {
  return [...new Map(changes.map(({ cluster }) => [cluster.id, cluster])).values()].sort((a, b) => compareText(a.label, b.label));
}
