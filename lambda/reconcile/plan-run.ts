import type { Assessment } from '../model/assessment.ts';
import { compareText } from '../model/compare-text.ts';
import type { RunTarget } from '../model/run-scope.ts';
import type { AssessmentEntry, RunRecords, StoredAssessment } from '../storage/run-records.ts';
import { isWhole } from './sight.ts';

/** An assessment and the target that it was made of. */
export interface Look {
  readonly label: string;
  readonly assessment: Assessment;
}

/** A target without a usable assessment. */
export interface UnseenTarget extends RunTarget {
  readonly reason: string;
}

const UNFINISHED = 'the audit did not finish';

/** A look, or why this assessment is none. `latest`: looks of a later moment (UTC, ISO 8601) are not believed. */
export function judgeAssessment({ key, label }: AssessmentEntry, assessment: StoredAssessment, latest: string): Look | UnseenTarget {
  if ('unreadable' in assessment) return { label: label ?? key, reason: `its assessment cannot be read: ${assessment.unreadable}` };
  const name = label ?? assessment.cluster.label;
  if (assessment.observedAt <= latest) return { label: name, assessment };
  return { label: name, cluster: assessment.cluster.id, reason: `it was looked at on ${assessment.observedAt}, which lies in the future of this clock` };
}

/** Targets that nobody saw, sorted by label. `seen`: labels of all looks; `broken`: assessments that are no looks. */
export function unseenTargets({ targets, missed }: RunRecords, seen: ReadonlySet<string>, broken: readonly UnseenTarget[]): UnseenTarget[] {
  const clusters = new Map(targets.map(({ label, cluster }) => [label, cluster]));
  const reasons = new Map([...missed, ...broken].map(({ label, reason }) => [label, reason]));
  const unseen = new Map<string, UnseenTarget>();
  for (const target of [...missed, ...broken, ...targets]) {
    const { label } = target;
    if (seen.has(label) || unseen.has(label)) continue;
    const cluster = clusters.get(label) ?? target.cluster;
    unseen.set(label, { label, ...(cluster === undefined ? {} : { cluster }), reason: reasons.get(label) ?? UNFINISHED });
  }
  return [...unseen.values()].sort((a, b) => compareText(a.label, b.label));
}

/** Of several looks at one cluster first the one that saw most, then the newest, then the one whose label comes first. */
export function bestFirst(looks: readonly Look[]): readonly Look[] {
  if (looks.length < 2) return looks;
  return [...looks].sort(
    (a, b) => wholeChecks(b) - wholeChecks(a) || compareText(b.assessment.observedAt, a.assessment.observedAt) || compareText(a.label, b.label),
  );
}

function wholeChecks({ assessment }: Look): number {
  return assessment.outcomes.filter(isWhole).length;
}
