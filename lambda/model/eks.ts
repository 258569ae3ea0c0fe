/**
 * The AWS side of a cluster, in the words of the EKS, EC2 and IAM APIs (the AWS CLI prints the same shapes). Only what checks and
 * facts read is typed; what they do not declare is trimmed away.
 */
export interface EksCluster {
  readonly name: string;
  readonly arn: string;
  readonly version?: string;
  readonly status?: string;
  readonly endpoint?: string;
  readonly createdAt?: string | number;
  readonly platformVersion?: string;
  readonly deletionProtection?: boolean;
  readonly roleArn?: string;
  readonly resourcesVpcConfig?: {
    readonly endpointPublicAccess?: boolean;
    readonly endpointPrivateAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
    readonly subnetIds?: readonly string[];
    readonly securityGroupIds?: readonly string[];
    readonly clusterSecurityGroupId?: string;
    readonly vpcId?: string;
  };
  readonly logging?: { readonly clusterLogging?: readonly { readonly types?: readonly string[]; readonly enabled?: boolean }[] };
  readonly accessConfig?: { readonly authenticationMode?: string; readonly bootstrapClusterCreatorAdminPermissions?: boolean };
  readonly encryptionConfig?: readonly { readonly resources?: readonly string[]; readonly provider?: { readonly keyArn?: string } }[];
  readonly identity?: { readonly oidc?: { readonly issuer?: string } };
  readonly computeConfig?: { readonly enabled?: boolean; readonly nodeRoleArn?: string };
  readonly kubernetesNetworkConfig?: { readonly ipFamily?: string; readonly serviceIpv4Cidr?: string; readonly serviceIpv6Cidr?: string };
  readonly upgradePolicy?: { readonly supportType?: string };
  readonly remoteNetworkConfig?: {
    readonly remoteNodeNetworks?: readonly { readonly cidrs?: readonly string[] }[];
    readonly remotePodNetworks?: readonly { readonly cidrs?: readonly string[] }[];
  };
}

export interface EksAddon {
  readonly addonName: string;
  readonly addonVersion?: string;
  readonly status?: string;
  readonly serviceAccountRoleArn?: string;
  /** JSON or YAML, as the owner wrote it. Only the keys of network policy are looked at. */
  readonly configurationValues?: string;
}

export interface EksAccessEntry {
  readonly principalArn: string;
  readonly username?: string;
  readonly type?: string;
  readonly kubernetesGroups?: readonly string[];
  /** ISO 8601, or seconds since 1970: as the CLI is set. */
  readonly createdAt?: string | number;
}

export interface EksAssociatedAccessPolicies {
  readonly principalArn: string;
  readonly associatedAccessPolicies: readonly {
    readonly policyArn: string;
    readonly accessScope?: { readonly type?: string; readonly namespaces?: readonly string[] };
  }[];
}

export interface EksNodegroup {
  readonly nodegroupName: string;
  readonly amiType?: string;
  readonly nodeRole?: string;
  readonly subnets?: readonly string[];
  readonly remoteAccess?: { readonly ec2SshKey?: string; readonly sourceSecurityGroups?: readonly string[] };
  readonly launchTemplate?: { readonly id?: string; readonly name?: string; readonly version?: string };
}

export interface EksFargateProfile {
  readonly fargateProfileName: string;
  readonly podExecutionRoleArn?: string;
  readonly selectors?: readonly { readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> }[];
}

export interface EksPodIdentityAssociation {
  readonly associationId?: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn?: string;
  /** The role that the first one is changed for, maybe of another account. */
  readonly targetRoleArn?: string;
  /** Sessions of its pods carry no tags of cluster, namespace and account. Absent: they do. */
  readonly disableSessionTags?: boolean;
}

export interface EksIdentityProviderConfig {
  readonly type?: string;
  readonly name?: string;
  readonly oidc?: {
    readonly identityProviderConfigName?: string;
    readonly issuerUrl?: string;
    readonly usernameClaim?: string;
    readonly groupsClaim?: string;
    readonly usernamePrefix?: string;
    readonly groupsPrefix?: string;
    readonly requiredClaims?: Readonly<Record<string, string>>;
  };
}

/** What EKS itself finds: use of removed APIs, versions that do not fit each other. */
export interface EksInsight {
  readonly id: string;
  readonly name?: string;
  readonly category?: string;
  readonly kubernetesVersion?: string;
  readonly insightStatus?: { readonly status?: string; readonly reason?: string };
}

export interface EksClusterVersion {
  readonly clusterVersion: string;
  readonly versionStatus?: string;
  /** ISO 8601, or seconds since 1970: as the CLI is set. */
  readonly endOfStandardSupportDate?: string | number;
  readonly endOfExtendedSupportDate?: string | number;
}

export interface SecurityGroup {
  readonly GroupId: string;
  readonly GroupName?: string;
  readonly VpcId?: string;
  readonly IpPermissions?: readonly {
    readonly IpProtocol?: string;
    readonly FromPort?: number;
    readonly ToPort?: number;
    readonly IpRanges?: readonly { readonly CidrIp?: string }[];
    readonly Ipv6Ranges?: readonly { readonly CidrIpv6?: string }[];
  }[];
}

export interface Subnet {
  readonly SubnetId: string;
  readonly VpcId?: string;
  readonly CidrBlock?: string;
  readonly MapPublicIpOnLaunch?: boolean;
}

export interface RouteTable {
  readonly RouteTableId: string;
  readonly VpcId?: string;
  readonly Associations?: readonly { readonly SubnetId?: string; readonly Main?: boolean }[];
  readonly Routes?: readonly { readonly DestinationCidrBlock?: string; readonly DestinationIpv6CidrBlock?: string; readonly GatewayId?: string }[];
}

export interface LaunchTemplateVersion {
  readonly LaunchTemplateId: string;
  readonly VersionNumber: number;
  readonly LaunchTemplateName?: string;
  readonly LaunchTemplateData?: {
    readonly ImageId?: string;
    readonly SecurityGroupIds?: readonly string[];
    readonly NetworkInterfaces?: readonly { readonly Groups?: readonly string[]; readonly AssociatePublicIpAddress?: boolean }[];
    readonly MetadataOptions?: { readonly HttpTokens?: string; readonly HttpPutResponseHopLimit?: number; readonly HttpEndpoint?: string };
    readonly IamInstanceProfile?: { readonly Arn?: string; readonly Name?: string };
  };
}

/** A policy document as IAM has it: the JSON itself, decoded. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** As `aws iam get-account-authorization-details` prints roles. Without documents: it is of another account, and cannot be read from this one. */
export interface IamRole {
  readonly Arn: string;
  readonly RoleName: string;
  /** ISO 8601, or seconds since 1970: as the CLI is set. */
  readonly CreateDate?: string | number;
  readonly AssumeRolePolicyDocument?: PolicyDocument;
  readonly RolePolicyList?: readonly { readonly PolicyName: string; readonly PolicyDocument: PolicyDocument }[];
  readonly AttachedManagedPolicies?: readonly { readonly PolicyName?: string; readonly PolicyArn: string }[];
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string };
}

/** As the same command prints managed policies. The version that is in force is the one that says IsDefaultVersion. */
export interface IamPolicy {
  readonly Arn: string;
  readonly PolicyName?: string;
  readonly DefaultVersionId?: string;
  readonly PolicyVersionList?: readonly { readonly VersionId?: string; readonly IsDefaultVersion?: boolean; readonly Document: PolicyDocument }[];
}
