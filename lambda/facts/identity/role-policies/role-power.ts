import { allOf, anyOf, type Truth } from '../trust-policy/truth.ts';
import { roleAllows, type RolePolicies } from './role-allows.ts';

/** What a role is good for beyond its own work, each as far as its policies say it. */
export interface RolePower {
  /** It can make itself, or who lets it in, an administrator of its AWS account. */
  readonly account: Truth;
  /** It can let itself into this cluster with every right. */
  readonly cluster: Truth;
}

export interface PowerAsked {
  readonly roleArn: string;
  /** Of the cluster. */
  readonly clusterArn: string;
  /** The cluster takes access entries. */
  readonly entries: boolean;
}

/** A name that no policy is written for: who may do something to it may do it to any. */
const ANY = 'no-policy-names-this';

/**
 * Of the ways to become an administrator those that need nothing else: rights written into a role, the own one included, and the trust policy of any role rewritten. What is written
 * into a bounded role stays within the bounds. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function rolePower(policies: RolePolicies, { roleArn, clusterArn, entries }: PowerAsked): RolePower {
  const [, partition = 'aws', , , account = ''] = roleArn.split(':');
  const anyRole = `arn:${partition}:iam::${account}:role/${ANY}`;
  const writes = policies.boundary === undefined ? ['iam:AttachRolePolicy', 'iam:PutRolePolicy'] : [];
  const own = writes.flatMap((action) => [anyRole, roleArn].map((resource) => roleAllows(policies, action, resource)));
  return { account: anyOf([...own, roleAllows(policies, 'iam:UpdateAssumeRolePolicy', anyRole)]), cluster: entries ? entersCluster(policies, clusterArn) : false };
}

/** An entry for whomever, and a policy for it. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
function entersCluster(policies: RolePolicies, clusterArn: string): Truth {
  const [, partition = '', , region = '', account = '', cluster = ''] = clusterArn.split(':');
  const entry = `arn:${partition}:eks:${region}:${account}:access-entry/${cluster.slice(cluster.indexOf('/') + 1)}/role/${account}/${ANY}/${ANY}`;
  return allOf([roleAllows(policies, 'eks:CreateAccessEntry', clusterArn), roleAllows(policies, 'eks:AssociateAccessPolicy', entry)]);
}
