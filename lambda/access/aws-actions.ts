import type { Check } from '../checks/define-check.ts';
import { CHECKS } from '../checks/registry.ts';
import { sourcesOf } from '../facts/derive.ts';
import { AWS_SOURCES, isAwsSource, type AwsSource } from '../model/sources.ts';

/** What an action may be limited to: objects of the account that its ARN names, or nothing because AWS offers no resource for it. */
export type ActionScope = 'eks' | 'iam-role' | 'iam-policy' | 'any';

export interface ScopedActions {
  readonly scope: ActionScope;
  /** Sorted. */
  readonly actions: readonly string[];
}

/** What `discover` asks in an account whose clusters it lists. */
export const DISCOVER_ACTIONS: readonly string[] = ['ec2:DescribeRegions', 'eks:DescribeCluster', 'eks:ListClusters'];

/** The AWS sources that some check needs or wants, and the cluster itself: without it nothing says where its API server is. */
export function auditedSources(checks: readonly Check[] = CHECKS): readonly AwsSource[] {
  const sources = new Set<AwsSource>(['eksCluster']);
  for (const check of checks) for (const source of sourcesOf(check)) if (isAwsSource(source)) sources.add(source);
  return [...sources].sort();
}

/** What reading these sources calls, sorted. */
export function auditActions(sources: readonly AwsSource[] = auditedSources()): readonly string[] {
  return [...new Set(sources.flatMap((source): readonly string[] => AWS_SOURCES[source].actions))].sort();
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
