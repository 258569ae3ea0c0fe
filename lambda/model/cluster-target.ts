/**
 * Which cluster an audit is about. `id` is its identity and stands in every fingerprint and store key:
 * the ARN where one is known, else `uid:<uid of the kube-system namespace>`, else `name:<given name>`.
 * `label` (context or file name) is for people and may change freely.
 */
export interface ClusterIdentity {
  readonly id: string;
  readonly label: string;
  readonly arn?: string;
  /** Account, region and name, where the ARN tells them. */
  readonly account?: string;
  readonly region?: string;
  readonly name?: string;
  /** uid of the kube-system namespace. Another uid under the same ARN is another cluster. */
  readonly uid?: string;
}

/** A cluster that EKS itself names, with what its account wants to see before it answers. */
export interface EksTarget {
  readonly via: 'eks';
  /** Unique in a run. */
  readonly label: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** Role to assume for it; absent: the caller's own credentials. */
  readonly role?: { readonly arn: string; readonly externalId?: string };
  /** Name of the vantage from which its API server is reached; absent: from outside any VPC. */
  readonly vantage?: string;
}

/** Where a cluster is and how to reach it. */
export type ClusterTarget =
  | EksTarget
  | {
      readonly via: 'kubeconfig';
      readonly label: string;
      /** Path of the kubeconfig file(s), as in $KUBECONFIG; absent: the default one. */
      readonly kubeconfig?: string;
      readonly context: string;
      /** Found in the context's cluster name, server host name or exec arguments. */
      readonly arn?: string;
    }
  | {
      readonly via: 'capture';
      readonly label: string;
      /** A directory of kubectl or AWS CLI output, or one file made by `eksaminer capture`. */
      readonly path: string;
      readonly arn?: string;
    };
