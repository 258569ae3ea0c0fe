import type { EksCluster } from '../../../lambda/model/eks.ts';
import { PRIVATE_EKS_CLUSTER } from '../../snapshot-of.ts';

export const CLUSTER = { apiVersion: 'eks.amazonaws.com/v1', kind: 'Cluster', name: 'test' } as const;

/** The private cluster of the tests with one change. */
export function eksCluster(change: Partial<EksCluster>): EksCluster {
  return { ...PRIVATE_EKS_CLUSTER, ...change };
}

/** The same with another endpoint or network. */
export function inVpc(change: NonNullable<EksCluster['resourcesVpcConfig']>): EksCluster {
  return eksCluster({ resourcesVpcConfig: { ...PRIVATE_EKS_CLUSTER.resourcesVpcConfig, ...change } });
}

/** The public endpoint on, for these blocks. */
export function publicTo(...publicAccessCidrs: string[]): EksCluster {
  return inVpc({ endpointPublicAccess: true, publicAccessCidrs });
}
