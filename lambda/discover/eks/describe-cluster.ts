import { DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import { refused, type Refusal } from '../../model/collected.ts';
import { awsRefusal } from './aws-refusal.ts';

/** What discovery wants to know of one cluster. */
export type Described =
  | { readonly state: 'there'; readonly tags: Readonly<Record<string, string>> }
  | { readonly state: 'not-ready'; readonly tags: Readonly<Record<string, string>>; readonly reason: string }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly refusal: Refusal };

/** Why there is nothing to audit. UPDATING is not here: the API server answers while a cluster is updated. https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html */
const NOT_READY: Readonly<Record<string, string>> = {
  CREATING: 'EKS is still creating it; the next run looks at it',
  DELETING: 'EKS is deleting it',
  FAILED: 'EKS says that it failed; it has no API server that could be audited',
  PENDING: 'EKS says that it is pending: it was registered, and is not connected',
};

/** `where` stands before the reason of a refusal. */
export async function describeCluster(eks: EKSClient, { name, arn }: { readonly name: string; readonly arn: string }, where: string): Promise<Described> {
  try {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
    if (!cluster || (cluster.arn !== undefined && cluster.arn !== arn)) {
      return { state: 'unknown', refusal: refused('not-understood', `${where}: eks:DescribeCluster answered with another cluster`).reason };
    }
    const tags = cluster.tags ?? {};
    const reason = NOT_READY[cluster.status ?? ''];
    return reason === undefined ? { state: 'there', tags } : { state: 'not-ready', tags, reason };
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return { state: 'absent' };
    return { state: 'unknown', refusal: awsRefusal(error, 'eks:DescribeCluster', where) };
  }
}
