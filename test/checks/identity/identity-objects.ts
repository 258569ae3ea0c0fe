import { PRIVATE_EKS_CLUSTER, type GivenSources } from '../../snapshot-of.ts';

export const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const ACCOUNT = '111122223333';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/`;
export const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;

/** The EKS side in one of its authentication modes; none: EKS does not say. */
export function eksCluster(authenticationMode: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP', more: object = {}): NonNullable<GivenSources['eksCluster']> {
  return { ...PRIVATE_EKS_CLUSTER, identity: { oidc: { issuer: `https://${ISSUER}` } }, accessConfig: { authenticationMode }, ...more };
}

/** A cluster that takes aws-auth alone, with this in it. */
export function awsAuth(data: Record<string, string>, more: object = {}): GivenSources {
  return { eksCluster: eksCluster('CONFIG_MAP', more), awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' }, data }] };
}

export interface Entry {
  readonly principalArn: string;
  readonly type?: string;
  readonly username?: string;
  readonly groups?: readonly string[];
  /** Access policy to its namespaces; none: the cluster. */
  readonly policies?: Readonly<Record<string, readonly string[]>>;
}

/** A cluster that takes access entries alone, with these. */
export function entries(...given: readonly Entry[]): GivenSources {
  return {
    eksCluster: eksCluster('API'),
    eksAccessEntries: given.map(({ principalArn, type = 'STANDARD', username = 'somebody', groups = [] }) => ({ principalArn, type, username, kubernetesGroups: groups })),
    eksAssociatedAccessPolicies: given.map(({ principalArn, policies = {} }) => ({
      principalArn,
      associatedAccessPolicies: Object.entries(policies).map(([name, namespaces]) => ({
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
        accessScope: namespaces.length > 0 ? { type: 'namespace', namespaces } : { type: 'cluster' },
      })),
    })),
  };
}

/** What a finding about somebody of IAM is about. */
export function principal(kind: 'Role' | 'User' | 'Root' | 'Account', name: string) {
  return { apiVersion: 'iam.amazonaws.com/v1', kind, name };
}

export function account(place: string, roleArn?: string): NonNullable<Exclude<GivenSources['serviceAccounts'], { readonly ok: false }>>[number] {
  const [namespace = '', name = ''] = place.split('/');
  return { metadata: { namespace, name, ...(roleArn === undefined ? {} : { annotations: { 'eks.amazonaws.com/role-arn': roleArn } }) } };
}

export function accountResource(place: string) {
  const [namespace = '', name = ''] = place.split('/');
  return { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name };
}

/** A role that web identities of the cluster's issuer may take under this condition; `more`: further statements. */
export function webIdentityRole(name: string, Condition: object, ...more: readonly object[]) {
  const allow = { Effect: 'Allow', Principal: { Federated: PROVIDER }, Action: 'sts:AssumeRoleWithWebIdentity', Condition };
  return { Arn: `${ROLE}${name}`, RoleName: name, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [allow, ...more] } };
}

export function podRole(name: string) {
  const allow = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
  return { Arn: `${ROLE}${name}`, RoleName: name, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [allow] } };
}

export const sub = (account: string): string => `system:serviceaccount:${account}`;
/** Exactly this account, as namespace:name. */
export const only = (account: string): object => ({ StringEquals: { [`${ISSUER}:sub`]: sub(account), [`${ISSUER}:aud`]: 'sts.amazonaws.com' } });
/** Accounts that fit a pattern. */
export const like = (pattern: string): object => ({ StringLike: { [`${ISSUER}:sub`]: sub(pattern) } });
