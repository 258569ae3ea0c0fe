/** What a run was to look at: `runs/<run>/scope.json`. */
export interface RunScope {
  readonly schemaVersion: 1;
  /** ULID. Its time is the run's start. */
  readonly run: string;
  readonly startedAt: string;
  readonly trigger: 'manual' | 'schedule' | 'event';
  /** `all` that the configuration covers, or the labels of those asked for. */
  readonly clusters: 'all' | readonly string[];
  /** What each account and region said when asked for its clusters. Empty for kubeconfig contexts and captures. */
  readonly listings: readonly {
    readonly account: string;
    /** `all` where the account did not say which regions it has. */
    readonly region: string;
    readonly result: 'listed' | 'refused' | 'not-asked';
    readonly reason?: string;
  }[];
  /** Ids of clusters that DescribeCluster said do not exist. They count as gone only where their account and region were listed. */
  readonly gone?: readonly string[];
  /** Ids of clusters of the record that still exist, and that the configuration does not cover any more: no target of this run, though their account and region were listed. */
  readonly uncovered?: readonly string[];
  /** SHA-256 of the settings that decide what is looked at. */
  readonly configuration: string;
  /** Version of Eksaminer. */
  readonly version: string;
  /** Newest seal when the run began; 0 for an empty store. */
  readonly baseSeq: number;
}

/** A line of `runs/<run>/targets.jsonl`. Labels are unique in a run. */
export interface RunTarget {
  readonly label: string;
  /** The cluster's id, where it is known before anything is read. */
  readonly cluster?: string;
}

/** A target of the run for which there is no assessment: the cluster could not be identified or the audit did not finish. */
export interface MissedTarget {
  readonly label: string;
  /** Where it is known. */
  readonly cluster?: string;
  readonly reason: string;
}
