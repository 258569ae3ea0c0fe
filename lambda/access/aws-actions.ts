import { AWS_SOURCES } from '../model/sources.ts';

/** What an action may be limited to: objects of the account that its ARN names, or nothing because AWS offers no resource for it. */
export type ActionScope = 'eks' | 'iam-role' | 'iam-policy' | 'any';

export interface ScopedActions {
  readonly scope: ActionScope;
  /** Sorted. */
  readonly actions: readonly string[];
}

/** What `discover` asks in an account whose clusters it lists, sorted. Regions that are named are not asked for. */
export function discoverActions({ regions }: { readonly regions: 'all' | readonly string[] }): readonly string[] {
  return [...(regions === 'all' ? ['ec2:DescribeRegions'] : []), 'eks:DescribeCluster', 'eks:ListClusters'];
}

/**
 * What reading one cluster calls, sorted. Made from the table of sources, so that what is read is granted and what is granted is read.
 */
export function auditActions(sources: readonly { readonly actions: readonly string[] }[] = Object.values(AWS_SOURCES)): readonly string[] {
  return [...new Set(sources.flatMap(({ actions }) => actions))].sort();
}

/** The same actions by what a policy can limit them to; https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export function byScope(actions: readonly string[]): readonly ScopedActions[] {
  const groups = Map.groupBy([...new Set(actions)].sort(), scopeOf);
  return [...groups].map(([scope, members]) => ({ scope, actions: members })).sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

/** These two know no resource. */
const EKS_ANY = new Set(['eks:ListClusters', 'eks:DescribeClusterVersions']);

function scopeOf(action: string): ActionScope {
  if (action.startsWith('eks:')) return EKS_ANY.has(action) ? 'any' : 'eks';
  if (action === 'iam:GetPolicy' || action === 'iam:GetPolicyVersion') return 'iam-policy';
  return action.startsWith('iam:') ? 'iam-role' : 'any';
}
