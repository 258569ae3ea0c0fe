import type { ClusterSettings } from './cluster.ts';
import type { CliAnswers, EksSide } from './eks-side.ts';
import type { Fields } from './kube-object.ts';
import { stableHex } from './stable.ts';

/** AWS's own policies for the roles of a cluster and of its nodes. https://docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html */
const CLUSTER_POLICIES = ['AmazonEKSClusterPolicy'];
const NODE_POLICIES = ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy'];

/** What `aws iam get-account-authorization-details` prints of the roles that the cluster uses. The documents of AWS's policies are left out but for their shape. */
export function iamAnswers(settings: ClusterSettings, { podIdentities }: EksSide): CliAnswers {
  const pods = [...new Set(Object.values(podIdentities))].sort();
  const roles = [
    role(settings, `${settings.name}-cluster`, 'eks.amazonaws.com', ['sts:AssumeRole'], CLUSTER_POLICIES),
    role(settings, `${settings.name}-node`, 'ec2.amazonaws.com', ['sts:AssumeRole'], NODE_POLICIES),
    ...pods.map((name) => role(settings, name, 'pods.eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession'], [])),
  ];
  return new Map([['get-account-authorization-details', { UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [...CLUSTER_POLICIES, ...NODE_POLICIES].map(policy) }]]);
}

function role({ account }: ClusterSettings, name: string, service: string, actions: readonly string[], policies: readonly string[]): Fields {
  return {
    Path: '/',
    RoleName: name,
    RoleId: `AROA${stableHex(`${account}/${name}`, 16).toUpperCase()}`,
    Arn: `arn:aws:iam::${account}:role/${name}`,
    CreateDate: '2026-01-12T08:00:00+00:00',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: actions }] },
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
