/** What a fake AWS holds, in the words of its APIs (times as seconds since 1970, as EKS's wire has them). Plain and mutable: a test changes it between two looks. */
export interface FakeAccount {
  /** Regions by name. One that is not here is not enabled. */
  readonly regions: Record<string, FakeRegion>;
  readonly roles?: FakeRole[];
  /** Managed policies of the account's own and of AWS, by ARN. */
  readonly policies?: Record<string, { readonly name?: string; readonly document: object }>;
}

export interface FakeRegion {
  readonly clusters?: FakeEksCluster[];
  readonly securityGroups?: Fields[];
  readonly subnets?: Fields[];
  readonly routeTables?: Fields[];
  /** As `DescribeLaunchTemplateVersions` says them: LaunchTemplateId, VersionNumber, LaunchTemplateData. */
  readonly launchTemplateVersions?: Fields[];
}

export interface FakeEksCluster {
  readonly name: string;
  /** What DescribeCluster says beside name and ARN; `endpoint` and `certificateAuthority.data` are of the test's choice. */
  readonly describes?: Fields;
  readonly addons?: Fields[];
  readonly accessEntries?: Fields[];
  /** By principal ARN. */
  readonly associatedPolicies?: Record<string, Fields[]>;
  readonly nodegroups?: Fields[];
  readonly fargateProfiles?: Fields[];
  readonly podIdentityAssociations?: Fields[];
  /** As DescribeIdentityProviderConfig says them, without the type around it. */
  readonly oidcProviders?: Fields[];
  readonly insights?: Fields[];
}

export interface FakeRole {
  readonly name: string;
  /** `/` by default. */
  readonly path?: string;
  readonly trust?: object;
  readonly inline?: Record<string, object>;
  /** ARNs of managed policies. */
  readonly attached?: readonly string[];
  /** Accounts whose callers may assume it; absent: nobody may. */
  readonly assumedBy?: readonly string[];
  readonly externalId?: string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** The versions that EKS knows, as DescribeClusterVersions says them. */
export const CLUSTER_VERSIONS: readonly Fields[] = ['1.36', '1.35', '1.34', '1.33', '1.32'].map((clusterVersion, index) => ({
  clusterVersion,
  clusterType: 'eks',
  status: index < 3 ? 'standard-support' : 'extended-support',
  versionStatus: index < 3 ? 'STANDARD_SUPPORT' : 'EXTENDED_SUPPORT',
  endOfStandardSupportDate: 1_800_000_000 - index * 10_000_000,
}));

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export function clusterArn(account: string, region: string, name: string): string {
  return `arn:${partitionOf(region)}:eks:${region}:${account}:cluster/${name}`;
}

export function roleArn(account: string, { path = '/', name }: FakeRole, partition = 'aws'): string {
  return `arn:${partition}:iam::${account}:role${path}${name}`;
}
