import type { Cluster, ClusterSettings } from './cluster.ts';
import { oidcIssuer, type CliAnswers, type EksSide } from './eks-side.ts';
import type { Fields } from './kube-object.ts';
import { stableHex } from './stable.ts';

/** AWS's own policies for the roles of a cluster and of its nodes. https://docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html */
const CLUSTER_POLICIES = ['AmazonEKSClusterPolicy'];
const NODE_POLICIES = ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy'];

/** What `aws iam get-account-authorization-details` prints of the roles that the cluster uses. The documents of AWS's policies are left out but for their shape. */
export function iamAnswers({ settings, objects }: Cluster, { podIdentities, trust = {} }: EksSide): CliAnswers {
  const statements = new Map([
    [`${settings.name}-cluster`, [byService('eks.amazonaws.com', 'sts:AssumeRole')]],
    [`${settings.name}-node`, [byService('ec2.amazonaws.com', 'sts:AssumeRole')]],
    ...[...new Set(Object.values(podIdentities))].sort().map((name) => [name, [byService('pods.eks.amazonaws.com', 'sts:AssumeRole', 'sts:TagSession')]] as const),
    ...annotatedRoles(settings, objects),
    ...Object.entries(trust),
  ]);
  const policies = new Map([
    [`${settings.name}-cluster`, CLUSTER_POLICIES],
    [`${settings.name}-node`, NODE_POLICIES],
  ]);
  const roles = [...statements].flatMap(([name, written]) => (written === null ? [] : [role(settings, name, written, policies.get(name) ?? [])]));
  return new Map([['get-account-authorization-details', { UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [...CLUSTER_POLICIES, ...NODE_POLICIES].map(policy) }]]);
}

function byService(service: string, ...actions: readonly string[]): Fields {
  return { Effect: 'Allow', Principal: { Service: service }, Action: actions };
}

/** Who of the cluster's web identities may take a role. */
export function byWebIdentity(settings: ClusterSettings, condition: 'StringEquals' | 'StringLike', account: string): Fields {
  const issuer = oidcIssuer(settings);
  return {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${settings.account}:oidc-provider/${issuer}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { [condition]: { [`${issuer}:sub`]: `system:serviceaccount:${account.replace('/', ':')}`, [`${issuer}:aud`]: 'sts.amazonaws.com' } },
  };
}

/** Roles that ServiceAccounts are annotated with, each for exactly those. */
function annotatedRoles(settings: ClusterSettings, objects: Cluster['objects']): ReadonlyMap<string, readonly Fields[]> {
  const statements = new Map<string, Fields[]>();
  for (const { kind, metadata } of objects) {
    const name = kind === 'ServiceAccount' ? metadata.annotations?.['eks.amazonaws.com/role-arn']?.split('/').at(-1) : undefined;
    if (name === undefined) continue;
    const own = statements.get(name) ?? [];
    statements.set(name, [...own, byWebIdentity(settings, 'StringEquals', `${metadata.namespace}/${metadata.name}`)]);
  }
  return new Map([...statements].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function role({ account }: ClusterSettings, name: string, statements: readonly Fields[], policies: readonly string[]): Fields {
  return {
    Path: '/',
    RoleName: name,
    RoleId: `AROA${stableHex(`${account}/${name}`, 16).toUpperCase()}`,
    Arn: `arn:aws:iam::${account}:role/${name}`,
    CreateDate: '2022-01-12T08:00:00+00:00',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: statements },
    InstanceProfileList: [],
    RolePolicyList: [],
    AttachedManagedPolicies: policies.map((policyName) => ({ PolicyName: policyName, PolicyArn: arnOf(policyName) })),
    Tags: [],
    RoleLastUsed: {},
  };
}

function policy(name: string): Fields {
  return {
    PolicyName: name,
    PolicyId: `ANPA${stableHex(name, 16).toUpperCase()}`,
    Arn: arnOf(name),
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PolicyVersionList: [{ Document: { Version: '2012-10-17', Statement: [] }, VersionId: 'v1', IsDefaultVersion: true }],
  };
}

function arnOf(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}
