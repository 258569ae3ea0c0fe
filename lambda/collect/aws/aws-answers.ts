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
} as const satisfies { readonly [S in AwsSource]?: DescribedOneByOne };

export type ListedSource = keyof typeof DESCRIBED_ONE_BY_ONE;
export const LISTED_SOURCES = Object.keys(DESCRIBED_ONE_BY_ONE) as readonly ListedSource[];

/** What `aws ec2` prints whole. The ids are those that the cluster's own description names. */
export const PRINTED_WHOLE = {
  ec2SecurityGroups: { key: 'SecurityGroups', id: 'GroupId', call: 'describe-security-groups' },
  ec2Subnets: { key: 'Subnets', id: 'SubnetId', call: 'describe-subnets' },
  ec2RouteTables: { key: 'RouteTables', id: 'RouteTableId', call: 'describe-route-tables' },
} as const satisfies { readonly [S in AwsSource]?: { readonly key: string; readonly id: string; readonly call: string } };

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
  ec2SecurityGroups: ['GroupId', 'VpcId'],
  ec2Subnets: ['SubnetId', 'VpcId'],
  ec2RouteTables: ['RouteTableId', 'VpcId'],
};

/** Fields of the cluster that tell whether what EC2 printed is all of what the cluster uses. */
export const CLUSTER_REFERENCES: readonly string[] = ['subnetIds', 'securityGroupIds', 'clusterSecurityGroupId', 'vpcId'].map((field) => `resourcesVpcConfig.${field}`);
