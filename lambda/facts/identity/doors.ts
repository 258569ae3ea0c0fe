import type { Collected } from '../../model/collected.ts';
import type { EksCluster } from '../../model/eks.ts';
import type { SourceName } from '../../model/sources.ts';

/** For checks that are about aws-auth: whether the cluster looks at it. */
export function appliesToAwsAuth({ accessConfig }: EksCluster): true | string {
  return accessConfig?.authenticationMode === 'API' ? 'the cluster takes access entries alone: aws-auth has no effect' : true;
}

/** For checks that are about access entries: whether the cluster has some. */
export function appliesToEntries({ accessConfig }: EksCluster): true | string {
  return accessConfig?.authenticationMode === 'CONFIG_MAP' ? 'the cluster takes the ConfigMap aws-auth alone: it has no access entries' : true;
}

/** A list, where it was read. */
export function readOf<T>(source: Collected<readonly T[]>): readonly T[] {
  return source.ok ? source.value : [];
}

const ENTRIES = ['eksAccessEntries', 'eksAssociatedAccessPolicies'] as const satisfies readonly SourceName[];

/** Sources of who may sign in that a cluster does not look at. */
export function closedDoors({ accessConfig }: EksCluster): readonly SourceName[] {
  if (accessConfig?.authenticationMode === 'API') return ['awsAuth'];
  return accessConfig?.authenticationMode === 'CONFIG_MAP' ? ENTRIES : [];
}
