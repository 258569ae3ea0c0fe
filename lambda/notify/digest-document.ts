import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { Bulletin, Entry } from './bulletin.ts';
import { SECTIONS, restOf } from './bulletin.ts';
import { cutText } from './cut-text.ts';
import type { DigestItem, DigestPlace } from './digest.ts';
import type { Shown } from './email-text.ts';
import { subjectOf } from './subject.ts';

/** Longest name that Kubernetes takes; what is longer was made to hurt. */
const NAME_CAP = 253;
const TEXT_CAP = 500;

/**
 * The same for programs, as `docs/schema/digest-1.json` describes it: new fields may come; what is there keeps its name and meaning.
 * Printable ASCII alone: a queue refuses some code points, whatever a cluster calls its things.
 */
export function digestDocument(bulletin: Bulletin, shown: Shown): string {
  const { route, bucket, from, to, now, digest, changeKeys, entries } = bulletin;
  const kept = entries.slice(0, shown.entries);
  const rest = restOf(bulletin, shown.entries);
  return asciiJson({
    schemaVersion: 1,
    route: { name: route.name, severity: route.severity },
    summary: subjectOf(bulletin),
    at: now,
    since: digest.since,
    seals: { from, to },
    counts: Object.fromEntries(digest.counts.map(({ kind, findings }) => [kind, findings])),
    below: Object.fromEntries(digest.below.map(({ kind, findings }) => [kind, findings])),
    items: kept.flatMap((entry) => (entry.type === 'item' ? [itemEntry(entry.item, shown.places)] : [])),
    sight: kept.flatMap((entry) => (entry.type === 'sight' ? [sightEntry(entry)] : [])),
    gone: kept.flatMap((entry) => (entry.type === 'gone' ? [{ ...clusterFields(entry.cluster), findings: entry.findings }] : [])),
    firstLooks: kept.flatMap((entry) => (entry.type === 'clusters' ? [{ ...(entry.cluster ? clusterFields(entry.cluster) : { account: entry.account }), clusters: entry.clusters, findings: entry.counts }] : [])),
    checks: kept.flatMap((entry) => (entry.type === 'check' ? [checkEntry(entry)] : [])),
    standing: { clusters: digest.standing.clusters, open: digest.standing.open, unseen: digest.standing.unseen.length, partly: digest.standing.partly.length },
    omitted: Object.fromEntries(SECTIONS.flatMap((section) => (rest.has(section) ? [[section, rest.get(section)]] : []))),
    // The newest: a route may have slept for long.
    record: { bucket, changes: changeKeys.slice(-10) },
  });
}

function itemEntry(item: DigestItem, places: number) {
  const { id, kind, origin, check, title, remediation, severity, was } = item;
  return {
    ...{ id, kind, origin, check, title: cutText(title, TEXT_CAP), severity, was, message: cutText(item.places[0]!.message, TEXT_CAP) },
    remediation: cutText(remediation, TEXT_CAP),
    places: item.places.slice(0, places).map(placeEntry),
    placesTotal: item.places.length,
  };
}

function placeEntry({ cluster, resource, severity, fingerprint, since }: DigestPlace) {
  const { apiVersion, kind, namespace, name } = resource;
  return {
    ...clusterFields(cluster),
    resource: { apiVersion: cutText(apiVersion, NAME_CAP), kind: cutText(kind, NAME_CAP), namespace: namespace === undefined ? null : cutText(namespace, NAME_CAP), name: cutText(name, NAME_CAP) },
    ...{ severity, fingerprint, since },
  };
}

function sightEntry({ change: { kind, cluster, checks, reason, findings } }: Extract<Entry, { type: 'sight' }>) {
  return { kind, ...clusterFields(cluster), checks: checks?.slice(0, 20), checksTotal: checks?.length, reason: reason === undefined ? undefined : cutText(reason, TEXT_CAP), findings };
}

function checkEntry({ own: { check, title, origin, clusters, opened, others } }: Extract<Entry, { type: 'check' }>) {
  return { check, title: cutText(title, TEXT_CAP), origin, clusters: clusters.length, findings: opened, others };
}

function clusterFields({ id, label, account, region }: ClusterIdentity) {
  return { cluster: cutText(id, NAME_CAP), label: cutText(label, NAME_CAP), account, region };
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
