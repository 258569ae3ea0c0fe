import type { ChangedBy, FindingChange, OpenFinding } from '../model/change.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import type { ResourceRef } from '../model/violation.ts';
import { compareText } from '../model/compare-text.ts';

/** What a check says of itself to people. */
export interface CheckWords {
  readonly id: string;
  readonly title: string;
  readonly remediation: string;
  readonly area?: string;
}

/** From the outside in: what a stranger reaches first, then what an account may do, then a single workload. */
const AREA_ORDER: readonly (string | undefined)[] = ['api-server', 'network', 'rbac', 'workload'];

/** Where an item shows. */
export interface DigestPlace {
  readonly cluster: ClusterIdentity;
  readonly resource: ResourceRef;
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly message: string;
  readonly since: string;
  /** It stays open unseen since then: nobody could look whether it is still there. */
  readonly unseen?: string;
  readonly changedBy?: ChangedBy;
}

/** The findings with the same check, kind of change and cause, over all clusters: what people see as one thing. */
export interface DigestItem {
  /** The item's id: 32 hex digits. */
  readonly id: string;
  readonly kind: FindingChange['kind'];
  readonly origin: FindingChange['origin'];
  readonly check: string;
  readonly title: string;
  readonly remediation: string;
  readonly cause: string;
  /** The worst of its places. */
  readonly severity: Severity;
  /** With `worsened` and `eased`: the severity before, of its worst place. */
  readonly was?: Severity;
  /** The worst first; then by cluster, namespace, name. One a finding. */
  readonly places: readonly DigestPlace[];
}

const KIND_ORDER: readonly FindingChange['kind'][] = ['opened', 'reopened', 'worsened', 'unexcepted', 'eased', 'excepted', 'resolved', 'narrowed', 'absorbed', 'updated'];

type PlacedChange = FindingChange & { readonly unseen?: string };

/**
 * Groups changes into items, the most consequential first: by kind of change, severity, area, number of places. Items of one check stand
 * together, so that a reader meets its title and its remedy once.
 */
export function itemsOf(changes: readonly PlacedChange[], checks: readonly CheckWords[]): readonly DigestItem[] {
  const words = new Map(checks.map((check) => [check.id, check]));
  const groups = new Map<string, PlacedChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.kind, change.origin, change.finding.item]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  const area = ({ check }: DigestItem): number => (AREA_ORDER.indexOf(words.get(check)?.area) + AREA_ORDER.length) % AREA_ORDER.length;
  const items = [...groups.values()].map((group) => toItem(group, words));
  const widest = new Map<string, number>();
  for (const item of items) widest.set(groupOf(item), Math.max(widest.get(groupOf(item)) ?? 0, item.places.length));
  return items.sort(
    (a, b) =>
      compareWeight(a, b) ||
      area(a) - area(b) ||
      widest.get(groupOf(b))! - widest.get(groupOf(a))! ||
      compareText(a.title, b.title) ||
      compareText(a.check, b.check) ||
      b.places.length - a.places.length ||
      compareText(a.id, b.id),
  );
}

/** Items with the same of these are told under one title. */
export function groupOf({ kind, origin, severity, was, check }: DigestItem): string {
  return JSON.stringify([kind, origin, severity, was ?? '', check]);
}

/** An open finding where it is. `unseen`: since when nobody could look. */
export interface PlacedFinding {
  readonly cluster: ClusterIdentity;
  readonly finding: OpenFinding;
  readonly unseen?: string;
}

/** Open findings as items: a state of things, not a change. */
export function itemsOfFindings(findings: readonly PlacedFinding[], checks: readonly CheckWords[]): readonly DigestItem[] {
  const frame = { kind: 'opened', origin: 'cluster', run: '', seq: 0, observedAt: '' } as const;
  return itemsOf(
    findings.map((found) => ({ ...frame, ...found })),
    checks,
  );
}

function toItem(group: PlacedChange[], words: ReadonlyMap<string, CheckWords>): DigestItem {
  group.sort(compareChanges);
  const { kind, origin, finding, was } = group[0]!;
  const check = words.get(finding.check);
  return {
    id: finding.item,
    kind,
    origin,
    check: finding.check,
    // A check of another version: its findings are still there, its words are not.
    title: check?.title ?? finding.check,
    remediation: check?.remediation ?? '',
    cause: finding.cause,
    severity: finding.severity,
    ...(was === undefined ? {} : { was }),
    places: group.map(toPlace),
  };
}

function toPlace({ cluster, finding: { resource, fingerprint, severity, message, since, changedBy }, unseen }: PlacedChange): DigestPlace {
  return { cluster, resource, fingerprint, severity, message, since, ...(unseen === undefined ? {} : { unseen }), ...(changedBy ? { changedBy } : {}) };
}

function compareChanges(a: FindingChange, b: FindingChange): number {
  return (
    compareSeverity(a.finding.severity, b.finding.severity) ||
    compareText(a.cluster.label, b.cluster.label) ||
    compareText(a.cluster.id, b.cluster.id) ||
    compareText(a.finding.resource.namespace ?? '', b.finding.resource.namespace ?? '') ||
    compareText(a.finding.resource.name, b.finding.resource.name) ||
    compareText(a.finding.fingerprint, b.finding.fingerprint)
  );
}

function compareWeight(a: DigestItem, b: DigestItem): number {
  return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || compareSeverity(a.severity, b.severity);
}
