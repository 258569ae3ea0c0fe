import type { ReachDiff } from '../facts/network/reach/reach-diff.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { Unread } from '../model/derived.ts';

/** One of two captures. */
export interface LookedAt {
  /** As it was asked for. */
  readonly name: string;
  /** Absent: it could not be looked at. */
  readonly cluster?: ClusterIdentity;
  /** UTC, ISO 8601. */
  readonly observedAt?: string;
  /** What was not read of it. */
  readonly unread: readonly Unread[];
  /** Why it could not be looked at. */
  readonly missed?: string;
}

export interface ReachDiffAnswer {
  readonly before: LookedAt;
  readonly after: LookedAt;
  /** Absent: what it needs of a side was not read. */
  readonly diff?: ReachDiff;
}

/** Whether something about policies as they are written is not known. */
export function isUnsure({ before, after, diff }: ReachDiffAnswer): boolean {
  return diff === undefined || diff.unknown.written.length > 0 || before.unread.length > 0 || after.unread.length > 0;
}
