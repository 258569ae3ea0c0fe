import type { Change } from '../model/change.ts';
import type { AssessmentRow, LookRow } from '../model/history.ts';

/** Everything that one seal puts into the history about one cluster (or one target that could not be told to be any). */
export interface ClusterRows {
  readonly look: LookRow;
  /** Sorted by check id. */
  readonly assessments: readonly AssessmentRow[];
  readonly changes: readonly Change[];
}

/** The seal that the rows are made for. */
export interface Commit {
  readonly run: string;
  readonly seq: number;
}
