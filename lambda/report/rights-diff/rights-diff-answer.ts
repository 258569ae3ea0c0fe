import type { RightsDiff } from './diff-rights.ts';

/** Who gained and who lost what, in each cluster that both sides have. */
export interface RightsDiffAnswer {
  /** What was given for each side: a capture, a run, a day. */
  readonly before: string;
  readonly after: string;
  readonly clusters: readonly RightsDiff[];
  /** Clusters of which one side says nothing at all. */
  readonly missed: readonly { readonly label: string; readonly reason: string }[];
}

/** What no answer here can say. */
export const BEYOND_FINDINGS = "powers of the catalogue and ways to them are compared, as this program's checks find them; rights that are no power are not";
