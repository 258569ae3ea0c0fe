import type { Assessment, Finding } from '../model/assessment.ts';
import type { Change, OpenFinding } from '../model/change.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { AssessmentRow, LookRow } from '../model/history.ts';
import { compareFindings, type FindingDifference } from './compare-findings.ts';
import { withoutWeakened } from './compare-rights.ts';
import { compareSight, type CheckSight } from './compare-sight.ts';
import type { ClusterRows, Commit } from './cluster-rows.ts';
import { settle } from './kept-back.ts';
import { cappedProblems } from './capped-problems.ts';
import { compareText } from '../model/compare-text.ts';

/**
 * What a look at a cluster changes. `previous` is older than the look; absent: the cluster was never heard of. Pure, and the same
 * whatever the order of outcomes and findings.
 */
export function compare(previous: ClusterState | undefined, seen: Assessment, commit: Commit, label = seen.cluster.label): ClusterRows {
  const another = previous !== undefined && isAnother(previous, seen.cluster);
  const known = another || previous?.observedAt === undefined ? undefined : previous;
  const { assessment, seenOnce } = settle(known, seen);
  const cluster = known ? joined(known.cluster, assessment.cluster) : assessment.cluster;
  const frame = { ...commit, cluster, observedAt: assessment.observedAt };
  const changes: Change[] = [];
  if (another) {
    for (const finding of previous.findings) changes.push({ ...frame, cluster: previous.cluster, kind: 'resolved', origin: 'cluster-gone', finding });
  } else if (previous?.unseen) {
    changes.push({ ...frame, kind: 'regained-sight', origin: 'cluster', findings: seenAgain(previous.findings, assessment.findings) });
  }
  for (const difference of checkDifferences(known, assessment)) changes.push({ ...frame, ...difference });
  const assessments = [...assessment.outcomes]
    .sort((a, b) => compareText(a.check, b.check))
    .map(({ check, revision, outcome, reason, unread, findings, controls }): AssessmentRow => ({
      ...frame,
      ...{ check, revision, outcome, unread, findings, controls: controls ?? [] },
      ...(reason === undefined ? {} : { reason }),
      ...(seenOnce.has(check) ? { seenOnce: seenOnce.get(check)! } : {}),
    }));
  const baseline = another ? 'another' : known ? undefined : 'first';
  return { look: lookRow(frame, assessment, label, baseline), assessments, changes };
}

/** Another kube-system under the same name is another cluster, and so is one that comes after it was seen to be gone. */
function isAnother(previous: ClusterState, now: ClusterIdentity): boolean {
  return previous.gone !== undefined || (previous.cluster.uid !== undefined && now.uid !== undefined && previous.cluster.uid !== now.uid);
}

/** What only an earlier look could tell (the uid, where namespaces may not be read any more) stays known. */
function joined(before: ClusterIdentity, now: ClusterIdentity): ClusterIdentity {
  return { ...before, ...now };
}

function checkDifferences(known: ClusterState | undefined, assessment: Assessment) {
  const outcomes = new Map(assessment.outcomes.map((outcome) => [outcome.check, outcome]));
  const states = new Map(known?.checks.map((check) => [check.check, check]));
  const found = groupByCheck(assessment.findings);
  const before = groupByCheck(known?.findings ?? []);
  const resolved = new Set(known?.resolved.map(({ fingerprint }) => fingerprint));
  const differences: FindingDifference[] = [];
  const sights: CheckSight[] = [];
  for (const check of [...new Set([...outcomes.keys(), ...states.keys()])].sort()) {
    const outcome = outcomes.get(check);
    const foundHere = new Map((found.get(check) ?? []).map((finding) => [finding.fingerprint, finding]));
    const findings = before.get(check) ?? [];
    const open = findings.filter(({ status }) => status === 'open');
    const seenFindings = open.filter(({ fingerprint }) => foundHere.has(fingerprint)).length;
    sights.push({ check, before: states.get(check), outcome, seenFindings, unseenFindings: open.length - seenFindings });
    if (!outcome) continue;
    const { observedAt, namespaces } = assessment;
    differences.push(...compareFindings({ observedAt, namespaces, outcome, found: foundHere, before: { state: known, check: states.get(check), findings, resolved } }));
  }
  return [...withoutWeakened(differences, known?.findings ?? [], assessment.findings), ...compareSight(sights)];
}

function groupByCheck<T extends Finding | OpenFinding>(findings: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const finding of findings) {
    const group = groups.get(finding.check);
    if (group) group.push(finding);
    else groups.set(finding.check, [finding]);
  }
  return groups;
}

function seenAgain(before: readonly OpenFinding[], now: readonly Finding[]): number {
  const fingerprints = new Set(now.map(({ fingerprint }) => fingerprint));
  return before.filter(({ fingerprint, status }) => status === 'open' && fingerprints.has(fingerprint)).length;
}

function lookRow(frame: Commit & { readonly cluster: ClusterIdentity; readonly observedAt: string }, assessment: Assessment, label: string, baseline: LookRow['baseline']): LookRow {
  const { namespaces, kubernetesVersion, workloads, network, coverage, problems } = assessment;
  const refused = coverage.flatMap(({ source, state, reason }) => (state === 'refused' && reason ? [{ source, ...reason }] : []));
  return {
    ...frame,
    label,
    result: 'audited',
    ...(baseline ? { baseline } : {}),
    namespaces: namespaces === 'all' ? 'all' : [...namespaces].sort(),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(workloads === undefined ? {} : { workloads }),
    ...(network === undefined ? {} : { network }),
    read: coverage.filter(({ state }) => state === 'read').length,
    assumed: coverage.filter(({ state }) => state === 'assumed').map(({ source }) => source).sort(),
    refused: refused.sort((a, b) => compareText(a.source, b.source)),
    problems: cappedProblems(problems),
  };
}
