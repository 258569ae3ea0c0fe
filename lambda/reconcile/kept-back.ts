import type { Assessment, CheckOutcome, Finding } from '../model/assessment.ts';
import type { CheckState, ClusterState } from '../model/cluster-state.ts';
import type { Unread } from '../model/derived.ts';
import { isWhole } from './sight.ts';

/** A look without what it has seen first and what may pass before the next one. */
export interface Settled {
  readonly assessment: Assessment;
  /** Fingerprints by check, sorted: what opens if the next look sees it too. */
  readonly seenOnce: ReadonlyMap<string, readonly string[]>;
}

/**
 * A finding that is passing by nature opens when two looks in a row have seen it. One that was seen by this look alone is none; one that is open stays so. What a
 * look could not see whole it neither confirms nor forgets.
 */
export function settle(known: ClusterState | undefined, assessment: Assessment): Settled {
  const before = new Map(known?.checks.flatMap(({ check, seenOnce }) => (seenOnce ? [[check, seenOnce] as const] : [])));
  const passing = assessment.findings.filter((finding) => finding.passing);
  const seenOnce = new Map<string, readonly string[]>();
  if (passing.length === 0 && before.size === 0) return { assessment, seenOnce };
  const open = new Set(known?.findings.map(({ fingerprint }) => fingerprint));
  const found = Map.groupBy(passing, ({ check }) => check);
  for (const outcome of assessment.outcomes) {
    const seen = new Set(found.get(outcome.check)?.map(({ fingerprint }) => fingerprint));
    const earlier = new Set(before.get(outcome.check));
    const fresh = [...seen].filter((fingerprint) => !earlier.has(fingerprint) && !open.has(fingerprint));
    const carried = isWhole(outcome) ? [] : [...earlier].filter((fingerprint) => !seen.has(fingerprint) && !open.has(fingerprint));
    if (fresh.length + carried.length > 0) seenOnce.set(outcome.check, [...fresh, ...carried].sort());
  }
  const kept = new Set([...seenOnce.values()].flat());
  return { assessment: withoutKept(assessment, ({ fingerprint }) => kept.has(fingerprint), known), seenOnce };
}

/** What a look has found, once the record has taken it: without what the record keeps back. */
export function withoutKeptBack(assessment: Assessment, recorded: ClusterState | undefined): Assessment {
  const open = new Set(recorded?.findings.map(({ fingerprint }) => fingerprint));
  return withoutKept(assessment, ({ fingerprint }) => !open.has(fingerprint), recorded);
}

function withoutKept(assessment: Assessment, isKept: (finding: Finding) => boolean, state: ClusterState | undefined): Assessment {
  const kept = assessment.findings.filter((finding) => finding.passing && isKept(finding));
  if (kept.length === 0) return assessment;
  const byCheck = Map.groupBy(kept, ({ check }) => check);
  const checks = new Map(state?.checks.map((check) => [check.check, check]));
  const dropped = new Set(kept);
  return {
    ...assessment,
    outcomes: assessment.outcomes.map((outcome) => outcomeWithout(outcome, byCheck.get(outcome.check) ?? [], checks.get(outcome.check))),
    findings: assessment.findings.filter((finding) => !dropped.has(finding)),
  };
}

const SEEN_ONCE = 'it has seen for the first time what may pass by itself; the next look tells';

/** Where no earlier look says that it was not there, its being passing is a guess: then the check has not answered. */
function outcomeWithout(outcome: CheckOutcome, kept: readonly Finding[], before: CheckState | undefined): CheckOutcome {
  if (kept.length === 0) return outcome;
  const findings = outcome.findings - kept.length;
  if (findings > 0) return { ...outcome, findings };
  const unread = before?.revision === undefined ? withSeenOnce(outcome.unread, kept[0]!) : outcome.unread;
  if (unread.length === 0) return { ...outcome, outcome: 'pass', findings };
  return { ...outcome, outcome: 'not-evaluated', reason: unread.map(({ source, reason }) => `${source}: ${reason.message}`).join('; '), unread, findings };
}

function withSeenOnce(unread: readonly Unread[], { restsOn }: Finding): readonly Unread[] {
  const source = restsOn.find((each) => !unread.some((row) => row.source === each));
  return source === undefined ? unread : [...unread, { source, reason: { code: 'not-understood', message: SEEN_ONCE } }];
}
