/** How well a cluster is parted, as its policies are written. Workloads of the host network are left out: policies are not about them. */
export interface NetworkMeasures {
  readonly workloads: number;
  /** Ordered pairs of two workloads, and in how many of them the first may open some connection to the second. */
  readonly pairs: Share;
  /** The same for workloads of two namespaces. */
  readonly acrossNamespaces: Share;
  /** Workloads that policies isolate in a direction, and in both. Where policies of other engines may, they are not counted. */
  readonly isolated: { readonly ingress: number; readonly egress: number; readonly both: number };
  /** How many other workloads one may reach. */
  readonly blastRadius: { readonly median: number; readonly maximum: number };
  /** Workloads that may reach the instance metadata service, at least half of the Internet, the API server; null: where that answers is not known. */
  readonly reaching: { readonly metadataService: number; readonly internet: number; readonly apiServer: number | null };
}

export interface Share {
  readonly reachable: number;
  readonly of: number;
}

/** What one look measured. */
export interface MeasuredNetwork {
  /** Absent: it could not be told, and `unsure` says why. */
  readonly measures?: NetworkMeasures;
  /** Why there are none, or why they may be otherwise. */
  readonly unsure: readonly string[];
}
