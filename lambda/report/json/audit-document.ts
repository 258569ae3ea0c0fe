import type { Assessment, Finding } from '../../model/assessment.ts';
import type { Change, OpenFinding } from '../../model/change.ts';
import type { ClusterIdentity } from '../../model/cluster-target.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { asciiJson } from './ascii-json.ts';

/** All that one run has to say. */
export interface AuditRun {
  readonly run: { readonly id: string; readonly seq: number; readonly startedAt: string; readonly version: string };
  readonly assessments: readonly Assessment[];
  readonly changes: readonly Change[];
  readonly missed: readonly { readonly label: string; readonly cluster?: string; readonly reason: string }[];
  /** With --fail-on. */
  readonly gate?: { readonly code: number; readonly reasons: readonly string[] };
}

/**
 * The document of `eksaminer audit --output json`, as `docs/schema/audit-1.json` describes it. `cluster` is everywhere the cluster's
 * id; what else is known of a cluster stands in `clusters[]`. New fields may come; what is there keeps its name and meaning.
 */
export function auditDocument({ run, assessments, changes, missed, gate }: AuditRun): string {
  return asciiJson({
    schemaVersion: 1,
    run,
    clusters: assessments.map(clusterEntry),
    missed: missed.map(({ label, cluster, reason }) => ({ label, cluster, reason })),
    changes: changes.map(changeEntry),
    ...(gate ? { gate: { exitCode: gate.code, reasons: gate.reasons } } : {}),
  });
}

function clusterEntry(assessment: Assessment) {
  const { cluster, observedAt, namespaces, kubernetesVersion, workloads, network, outcomes, findings, coverage, problems } = assessment;
  return {
    ...clusterFields(cluster),
    observedAt,
    namespaces,
    kubernetesVersion,
    workloads,
    network,
    outcomes: outcomes.map(({ check, revision, outcome, reason, unread, findings: count }) => ({
      check,
      revision,
      outcome,
      reason,
      findings: count,
      unread: unread.map(({ source, reason: refusal }) => ({ source, code: refusal.code, message: refusal.message })),
    })),
    findings: findings.map((finding) => findingEntry(finding, cluster)),
    coverage: coverage.map(({ source, state, reason, objects }) => ({ source, state, objects, code: reason?.code, message: reason?.message })),
    problems,
  };
}

function clusterFields({ id, label, arn, account, region, name, uid }: ClusterIdentity) {
  return { cluster: id, label, arn, account, region, name, uid };
}

/** A finding as every document of ours shows it. */
export function findingEntry(finding: Finding | OpenFinding, cluster: ClusterIdentity) {
  const { fingerprint, item, check, severity, resource, key, message, cause, evidence, status, restsOn } = finding;
  return { fingerprint, item, check, severity, cluster: cluster.id, resource: resourceEntry(resource), key, message, cause, evidence, status, restsOn };
}

function resourceEntry({ apiVersion, kind, namespace, name }: ResourceRef) {
  return { apiVersion, kind, namespace: namespace ?? null, name };
}

function changeEntry(change: Change) {
  const frame = { kind: change.kind, origin: change.origin, cluster: change.cluster.id, observedAt: change.observedAt };
  if ('finding' in change) {
    return { ...frame, was: change.was, finding: { ...findingEntry(change.finding, change.cluster), since: change.finding.since, changedBy: change.finding.changedBy } };
  }
  const { checks, reason, findings } = change as Extract<Change, { kind: 'lost-sight' | 'regained-sight' }>;
  return { ...frame, checks, reason, findings };
}
