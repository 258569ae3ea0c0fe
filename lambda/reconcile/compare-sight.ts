import type { SightChange } from '../model/change.ts';
import type { CheckState } from '../model/cluster-state.ts';
import { isEvaluated, isWhole, whyUnseen } from './sight.ts';
import type { CheckOutcome } from '../model/assessment.ts';

/** A change of sight, not yet in a commit. */
export type SightDifference = Pick<SightChange, 'kind' | 'origin' | 'checks' | 'reason' | 'findings'>;

/** One check before and in this look. `outcome` absent: this version does not know the check, or it was left out. */
export interface CheckSight {
  readonly check: string;
  readonly before: CheckState | undefined;
  readonly outcome: CheckOutcome | undefined;
  /** Its open findings that this look did not see, and those that it saw again. */
  readonly unseenFindings: number;
  readonly seenFindings: number;
}

const NOT_ASKED = 'the check is not part of this run';

/**
 * Checks that went out of sight, grouped by reason, and those that came back. Only what was in sight before can be lost, and only
 * what was told to be lost can be regained. A check that could never be seen whole is lost when it cannot be evaluated at all.
 */
export function compareSight(sights: readonly CheckSight[]): SightDifference[] {
  const lost = new Map<string, CheckSight[]>();
  const regained: CheckSight[] = [];
  for (const sight of sights) {
    const { before, outcome } = sight;
    if (before?.revision === undefined) continue;
    if (outcome && isWhole(outcome)) {
      if (before.unseen?.lost) regained.push(sight);
    } else if (!before.unseen?.lost && !(before.unseen && outcome && isEvaluated(outcome.outcome))) {
      const reason = outcome ? whyUnseen(outcome) : NOT_ASKED;
      lost.set(reason, [...(lost.get(reason) ?? []), sight]);
    }
  }
  const differences: SightDifference[] = [...lost]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, group]) => ({
      kind: 'lost-sight',
      origin: group[0]!.outcome ? 'cluster' : 'setting',
      checks: group.map(({ check }) => check).sort(),
      reason,
      findings: sum(group.map(({ unseenFindings }) => unseenFindings)),
    }));
  if (regained.length > 0) {
    differences.push({
      kind: 'regained-sight',
      origin: 'cluster',
      checks: regained.map(({ check }) => check).sort(),
      findings: sum(regained.map(({ seenFindings }) => seenFindings)),
    });
  }
  return differences;
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
