import type { ReachMatrix } from '../facts/network/reach/reach-matrix.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { Unread } from '../model/derived.ts';

export interface MatrixOfCluster {
  readonly cluster: ClusterIdentity;
  /** What was not read: without a matrix, it needs it; beside one, it could change it. */
  readonly unread: readonly Unread[];
  readonly matrix: ReachMatrix | undefined;
}

/** What no answer about declared workloads from policies alone can say. */
export const DECLARED_WORKLOADS =
  'Workloads are judged as they are declared, by addresses like those that pods have, and by network policies alone: security groups, routes, service meshes and what listens are not in this answer, nor is what is in the network of its node';
