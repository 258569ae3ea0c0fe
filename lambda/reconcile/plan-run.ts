import type { Assessment } from '../model/assessment.ts';
import type { RunScope, RunTarget } from '../model/run-scope.ts';
import type { RunRecords } from '../storage/run-records.ts';
import { isWhole } from './sight.ts';
import { compareText } from '../model/compare-text.ts';

/** An assessment and the target that it was made of. */
export interface Look {
  readonly label: string;
  readonly assessment: Assessment;
}

/** A target without a usable assessment. */
export interface UnseenTarget extends RunTarget {
  readonly reason: string;
}

/** What a run has, before it is compared with anything. */
export interface RunPlan {
  /** One a cluster. */
  readonly looks: readonly Look[];
  /** Looks at a cluster of which `better` is a look of the same run too. */
  readonly duplicates: readonly { readonly look: Look; readonly better: Look }[];
  readonly unseen: readonly UnseenTarget[];
}

const UNFINISHED = 'the audit did not finish';

/** Sorts what a run left into looks and targets that nobody saw. `latest`: looks of a later moment (UTC, ISO 8601) are not believed. */
export function planRun({ targets, assessments, missed }: RunRecords, latest: string): RunPlan {
  const looks: Look[] = [];
  const reasons = new Map(missed.map((row) => [row.label, row]));
  const broken = new Map<string, UnseenTarget>();
  for (const { key, label, assessment } of assessments) {
    if ('unreadable' in assessment) {
      broken.set(label ?? key, { label: label ?? key, reason: `its assessment cannot be read: ${assessment.unreadable}` });
    } else if (assessment.observedAt > latest) {
      const name = label ?? assessment.cluster.label;
      broken.set(name, { label: name, cluster: assessment.cluster.id, reason: `it was looked at on ${assessment.observedAt}, which lies in the future of this clock` });
    } else looks.push({ label: label ?? assessment.cluster.label, assessment });
  }
  const seen = new Set(looks.map(({ label }) => label));
  const unseen = new Map<string, UnseenTarget>();
  for (const target of [...missed, ...broken.values(), ...targets]) {
    const { label } = target;
    if (seen.has(label) || unseen.has(label)) continue;
    const cluster = targets.find((row) => row.label === label)?.cluster ?? target.cluster;
    const reason = broken.get(label)?.reason ?? reasons.get(label)?.reason ?? UNFINISHED;
    unseen.set(label, { label, ...(cluster === undefined ? {} : { cluster }), reason });
  }
  return { ...chooseLooks(looks), unseen: [...unseen.values()].sort((a, b) => compareText(a.label, b.label)) };
}

/** Ids of the clusters whose states a run is compared with; `all` where it must find a cluster by its label, or was to look at all. */
export function clustersOf(scope: RunScope, { looks, unseen }: RunPlan): 'all' | readonly string[] {
  const ids = new Set(looks.map(({ assessment }) => assessment.cluster.id));
  if (scope.clusters === 'all') return 'all';
  for (const { cluster } of unseen) {
    if (cluster === undefined) return 'all';
    ids.add(cluster);
  }
  return [...ids].sort();
}

/** Of several looks at one cluster the one that saw most, then the newest, then the one whose label comes first. */
function chooseLooks(looks: readonly Look[]): Pick<RunPlan, 'looks' | 'duplicates'> {
  const best = new Map<string, Look>();
  const sorted = [...looks].sort(
    (a, b) => wholeChecks(b) - wholeChecks(a) || compareText(b.assessment.observedAt, a.assessment.observedAt) || compareText(a.label, b.label),
  );
  const duplicates: { look: Look; better: Look }[] = [];
  for (const look of sorted) {
    const better = best.get(look.assessment.cluster.id);
    if (better) duplicates.push({ look, better });
    else best.set(look.assessment.cluster.id, look);
  }
  return { looks: [...best.values()], duplicates };
}

function wholeChecks({ assessment }: Look): number {
  return assessment.outcomes.filter(isWhole).length;
}
