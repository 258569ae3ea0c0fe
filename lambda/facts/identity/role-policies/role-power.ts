import { allOf, anyOf, type Truth } from '../trust-policy/truth.ts';
import { roleAllows, type RolePolicies } from './role-allows.ts';

/** What a role is good for beyond its own work, each as far as its policies say it. */
export interface RolePower {
  /** It can make itself, or who lets it in, an administrator of its AWS account. */
  readonly account: Truth;
  /** It can let itself into this cluster with every right. */
  readonly cluster: Truth;
  /** It can start something of AWS with any role of its account that lets that in. */
  readonly passes: Truth;
}

export const UNKNOWN_POWER: RolePower = { account: 'unknown', cluster: 'unknown', passes: 'unknown' };

export interface PowerAsked {
  readonly roleArn: string;
  /** Of the cluster. */
  readonly clusterArn: string;
  /** The cluster takes access entries. */
  readonly entries: boolean;
}

/** A name that no policy is written for: who may do something to it may do it to any. */
const ANY = 'no-policy-names-this';
/** What runs code with a role that is passed to it: by the actions that start it, and where. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
const STARTED: readonly (readonly [place: string, ...actions: readonly string[]])[] = [
  [`ec2:REGION:ACCOUNT:instance/${ANY}`, 'ec2:RunInstances'],
  [`lambda:REGION:ACCOUNT:function:${ANY}`, 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  [`cloudformation:REGION:ACCOUNT:stack/${ANY}/${ANY}`, 'cloudformation:CreateStack'],
  [`ecs:REGION:ACCOUNT:task-definition/${ANY}:1`, 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
];

/**
 * Of the ways to become an administrator those that need nothing else: rights written into a role, the own one included, or into its policies, and the trust policy of any role rewritten. What is written
 * into a bounded role stays within the bounds. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function rolePower(policies: RolePolicies, { roleArn, clusterArn, entries }: PowerAsked): RolePower {
  const [, partition = 'aws', , , account = ''] = roleArn.split(':');
  const [, , , region = ''] = clusterArn.split(':');
  const anyRole = `arn:${partition}:iam::${account}:role/${ANY}`;
  const may = (action: string, ...resources: readonly string[]): Truth => anyOf(resources.map((resource) => roleAllows(policies, action, resource)));
  const own = policies.boundary === undefined ? [may('iam:AttachRolePolicy', anyRole, roleArn), may('iam:PutRolePolicy', anyRole, roleArn), may('iam:CreatePolicyVersion', ...policies.ownPolicies)] : [];
  const started = STARTED.map(([place, ...actions]) => allOf(actions.map((action) => may(action, `arn:${partition}:${place.replace('REGION', region).replace('ACCOUNT', account)}`))));
  return {
    account: anyOf([...own, may('iam:UpdateAssumeRolePolicy', anyRole)]),
    cluster: entries ? entersCluster(policies, clusterArn) : false,
    passes: allOf([may('iam:PassRole', anyRole), anyOf(started)]),
  };
}

/** An entry for whomever, and a policy for it. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
function entersCluster(policies: RolePolicies, clusterArn: string): Truth {
  const [, partition = '', , region = '', account = '', cluster = ''] = clusterArn.split(':');
  const entry = `arn:${partition}:eks:${region}:${account}:access-entry/${cluster.slice(cluster.indexOf('/') + 1)}/role/${account}/${ANY}/${ANY}`;
  return allOf([roleAllows(policies, 'eks:CreateAccessEntry', clusterArn), roleAllows(policies, 'eks:AssociateAccessPolicy', entry)]);
}
