import type { EksTarget } from '../../model/cluster-target.ts';
import type { MissedTarget, RunScope } from '../../model/run-scope.ts';
import type { MemberAccess } from './member-credentials.ts';

export interface DiscoverOptions extends MemberAccess {
  /**
   * Ids of the clusters of the record that are not known to be gone, in any order. `listed`: those that AWS named, of which an implementation need not read more than that the
   * record has them (`recordedClusters`).
   */
  readonly knownClusters: (listed: ReadonlySet<string>) => AsyncIterable<string>;
  /** ARNs: a run of these clusters alone. Nothing is listed, and so nothing is gone. */
  readonly only?: readonly string[];
}

/** Which clusters a run is to look at, and what is known of the others. Sorted, no cluster twice, no label twice; the same answers of AWS give the same value. */
export interface Discovered {
  readonly targets: readonly EksTarget[];
  /** Clusters that cannot be audited now, each with the reason. */
  readonly missed: readonly MissedTarget[];
  readonly listings: RunScope['listings'];
  /** Of the record: DescribeCluster says that they do not exist, in an account and region that was listed. */
  readonly gone: readonly string[];
  /** Of the record (with `only`: of those asked for): the configuration does not cover them. */
  readonly uncovered: readonly string[];
}
