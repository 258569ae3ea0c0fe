import type { EksCluster } from '../../model/eks.ts';
import type { ResourceRef } from '../../model/violation.ts';

/** The EKS cluster itself as what a finding is about. */
export function clusterResource(cluster: Pick<EksCluster, 'name'>): ResourceRef {
  return { apiVersion: 'eks.amazonaws.com/v1', kind: 'Cluster', name: cluster.name };
}
