import { DescribeClusterVersionsCommand, type ClusterVersionInformation } from '@aws-sdk/client-eks';
import type { AwsSession } from './aws-session.ts';
import { plain } from './plain.ts';

/** All versions that EKS knows in the region, those out of support too: the cluster's may be one of them. Throws AwsRefusedError. */
export async function readClusterVersions({ eks, list }: AwsSession): Promise<readonly unknown[]> {
  const versions = await list<ClusterVersionInformation>('eks:DescribeClusterVersions', async (nextToken, options) => {
    const { clusterVersions, nextToken: next } = await eks.send(new DescribeClusterVersionsCommand({ clusterType: 'eks', includeAll: true, nextToken }), options);
    return { items: clusterVersions, next };
  });
  return (versions ?? []).map(plain);
}
