import type { AwsSource } from '../../model/sources.ts';

/** A source of which AWS lists the names and describes each thing by a call of its own. */
export interface DescribedOneByOne {
  /** Top-level key of what the describe call prints, and the field in it that names the thing. */
  readonly one: string;
  readonly name: readonly string[];
  /** Top-level key of what the list call prints: names, or objects with this field. */
  readonly names: string;
  readonly nameInList?: string;
  readonly listCall: string;
  readonly describeCall: string;
}

/** How `aws eks` prints them. https://docs.aws.amazon.com/cli/latest/reference/eks/ */
export const DESCRIBED_ONE_BY_ONE = {
  eksAddons: { one: 'addon', name: ['addonName'], names: 'addons', listCall: 'list-addons', describeCall: 'describe-addon' },
  eksAccessEntries: { one: 'accessEntry', name: ['principalArn'], names: 'accessEntries', listCall: 'list-access-entries', describeCall: 'describe-access-entry' },
  eksNodegroups: { one: 'nodegroup', name: ['nodegroupName'], names: 'nodegroups', listCall: 'list-nodegroups', describeCall: 'describe-nodegroup' },
  eksFargateProfiles: {
    one: 'fargateProfile',
    name: ['fargateProfileName'],
    names: 'fargateProfileNames',
    listCall: 'list-fargate-profiles',
    describeCall: 'describe-fargate-profile',
  },
  eksPodIdentityAssociations: {
    one: 'association',
    name: ['associationId'],
    names: 'associations',
    nameInList: 'associationId',
    listCall: 'list-pod-identity-associations',
    describeCall: 'describe-pod-identity-association',
  },
  eksIdentityProviderConfigs: {
    one: 'identityProviderConfig',
    name: ['oidc', 'identityProviderConfigName'],
    names: 'identityProviderConfigs',
    nameInList: 'name',
    listCall: 'list-identity-provider-configs',
    describeCall: 'describe-identity-provider-config',
  },
  eksInsights: { one: 'insight', name: ['id'], names: 'insights', nameInList: 'id', listCall: 'list-insights', describeCall: 'describe-insight' },
} as const satisfies { readonly [S in AwsSource]?: DescribedOneByOne };

export type ListedSource = keyof typeof DESCRIBED_ONE_BY_ONE;
export const LISTED_SOURCES = Object.keys(DESCRIBED_ONE_BY_ONE) as readonly ListedSource[];

/** A source that AWS prints whole: the key of its list, the fields that tell one thing from another, and the command. */
export interface PrintedWhole {
  readonly key: string;
  readonly id: readonly string[];
  readonly command: string;
  /** Without this field a thing was printed by another command, which says less. */
  readonly proof?: string;
}

/** How `aws ec2`, `aws iam` and `aws eks` print what they print whole. */
export const PRINTED_WHOLE = {
  eksClusterVersions: { key: 'clusterVersions', id: ['clusterVersion'], command: 'aws eks describe-cluster-versions' },
  ec2SecurityGroups: { key: 'SecurityGroups', id: ['GroupId'], command: 'aws ec2 describe-security-groups' },
  ec2Subnets: { key: 'Subnets', id: ['SubnetId'], command: 'aws ec2 describe-subnets' },
  ec2RouteTables: { key: 'RouteTables', id: ['RouteTableId'], command: 'aws ec2 describe-route-tables' },
  ec2LaunchTemplateVersions: { key: 'LaunchTemplateVersions', id: ['LaunchTemplateId', 'VersionNumber'], command: 'aws ec2 describe-launch-template-versions' },
  iamRoles: { key: 'RoleDetailList', id: ['Arn'], command: 'aws iam get-account-authorization-details' },
  // `aws iam list-policies` has the same key and no documents.
  iamPolicies: { key: 'Policies', id: ['Arn'], command: 'aws iam get-account-authorization-details', proof: 'PolicyVersionList' },
} as const satisfies { readonly [S in AwsSource]?: PrintedWhole };

export type WholeSource = keyof typeof PRINTED_WHOLE;
export const WHOLE_SOURCES = Object.keys(PRINTED_WHOLE) as readonly WholeSource[];

/** Fields that are kept of each source beside what checks declare: they tell one thing from another. */
export const AWS_IDENTITY: { readonly [S in AwsSource]: readonly string[] } = {
  eksCluster: ['name', 'arn', 'version', 'status'],
  eksAddons: ['addonName'],
  eksAccessEntries: ['principalArn', 'type'],
  eksAssociatedAccessPolicies: ['principalArn', 'associatedAccessPolicies[].policyArn'],
  eksNodegroups: ['nodegroupName'],
  eksFargateProfiles: ['fargateProfileName'],
  eksPodIdentityAssociations: ['associationId', 'namespace', 'serviceAccount'],
  eksIdentityProviderConfigs: ['type', 'oidc.identityProviderConfigName'],
  eksInsights: ['id', 'name', 'category'],
  eksClusterVersions: ['clusterVersion'],
  ec2SecurityGroups: ['GroupId', 'VpcId'],
  ec2Subnets: ['SubnetId', 'VpcId'],
  ec2RouteTables: ['RouteTableId', 'VpcId'],
  ec2LaunchTemplateVersions: ['LaunchTemplateId', 'VersionNumber'],
  iamRoles: ['Arn', 'RoleName'],
  iamPolicies: ['Arn'],
};

/** Fields that tell whether what was printed is all of what the cluster uses: read, and cut away when that is known. */
export const REFERENCES: { readonly [S in AwsSource]?: readonly string[] } = {
  eksCluster: ['roleArn', 'computeConfig.nodeRoleArn', ...['subnetIds', 'securityGroupIds', 'clusterSecurityGroupId', 'vpcId'].map((field) => `resourcesVpcConfig.${field}`)],
  eksAddons: ['serviceAccountRoleArn'],
  eksNodegroups: ['nodeRole', 'launchTemplate.id', 'launchTemplate.version'],
  eksFargateProfiles: ['podExecutionRoleArn'],
  eksPodIdentityAssociations: ['roleArn', 'targetRoleArn'],
  iamRoles: ['AttachedManagedPolicies[].PolicyArn'],
  iamPolicies: ['PolicyVersionList[].VersionId'],
};
