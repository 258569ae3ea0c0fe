import type { Assessment, CheckOutcome, CoverageRow, Finding } from '../model/assessment.ts';
import { TEXT_CAP, cappedName, cappedText } from '../model/capped-text.ts';
import type { ResourceRef } from '../model/violation.ts';
import type { Unread } from '../model/derived.ts';
import { canonicalEvidence } from './canonical-evidence.ts';

/** Longest message of a finding, in UTF-16 units. */
const MESSAGE_CAP = 500;
/** A reason joins those of several sources. */
const REASON_CAP = 4 * TEXT_CAP;
/** More files than a person repairs at once. */
const PROBLEMS_CAP = 1_000;

// The one place where what a cluster says is cut to a size: nothing after it sees more, neither the record nor a report.

/** What is said beside the findings. */
export function cappedAssessment(assessment: Assessment): Assessment {
  const { kubernetesVersion, network, outcomes, coverage, problems } = assessment;
  const shown = problems.slice(0, PROBLEMS_CAP).map((problem) => cappedText(problem));
  return {
    ...assessment,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion: cappedText(kubernetesVersion) }),
    ...(network === undefined ? {} : { network: { ...network, unsure: network.unsure.map((reason) => cappedText(reason)) } }),
    outcomes: outcomes.map(cappedOutcome),
    coverage: coverage.map(cappedReason),
    problems: problems.length > PROBLEMS_CAP ? [...shown, `and ${problems.length - PROBLEMS_CAP} more`] : shown,
  };
}

/** Fingerprint and item are those of the whole names, made before: two long names that begin alike are two findings. */
export function cappedFinding(finding: Finding): Finding {
  const { resource, key, message, cause, evidence } = finding;
  const shown = canonicalEvidence(evidence);
  const isWhole = isWholeResource(resource) && key.length <= TEXT_CAP && message.length <= MESSAGE_CAP && cause.length <= TEXT_CAP;
  // Nearly all are.
  if (isWhole && shown === evidence) return finding;
  return {
    ...finding,
    resource: cappedResource(resource),
    key: cappedName(key),
    message: cappedText(message, MESSAGE_CAP),
    cause: cappedName(cause),
    evidence: shown,
  };
}

function cappedResource(resource: ResourceRef): ResourceRef {
  if (isWholeResource(resource)) return resource;
  const { apiVersion, kind, namespace, name } = resource;
  return { apiVersion: cappedName(apiVersion), kind: cappedName(kind), ...(namespace === undefined ? {} : { namespace: cappedName(namespace) }), name: cappedName(name) };
}

function isWholeResource({ apiVersion, kind, namespace, name }: ResourceRef): boolean {
  return name.length <= TEXT_CAP && kind.length <= TEXT_CAP && apiVersion.length <= TEXT_CAP && (namespace === undefined || namespace.length <= TEXT_CAP);
}

function cappedOutcome(outcome: CheckOutcome): CheckOutcome {
  const { reason, unread } = outcome;
  return { ...outcome, ...(reason === undefined ? {} : { reason: cappedText(reason, REASON_CAP) }), unread: unread.map(cappedReason) };
}

function cappedReason<Row extends CoverageRow | Unread>(row: Row): Row {
  return row.reason === undefined ? row : { ...row, reason: { ...row.reason, message: cappedText(row.reason.message) } };
}
