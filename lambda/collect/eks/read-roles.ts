import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  type AttachedPolicy,
} from '@aws-sdk/client-iam';
import pMap from 'p-map';
import type { IamPolicy, IamRole, PolicyDocument } from '../../model/eks.ts';
import { AwsRefusedError } from './aws-fault.ts';
import type { AwsSession } from './aws-session.ts';

/** What may be a role's ARN; a ServiceAccount's annotation is whatever somebody wrote. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\w+=,.@/-]{1,511}\/)?([\w+=,.@-]{1,64})$/;
/** Names in a cluster are anybody's, and each costs calls to IAM: so many of those that ServiceAccounts alone name are looked up. */
const NAMED_BY_SERVICE_ACCOUNTS = 500;
/** IAM has one endpoint for a whole account and little patience. */
const AT_ONCE = 2;

/** Who names a role: AWS's side of the cluster, or ServiceAccounts in it. */
export interface NamedRoles {
  readonly byAws: readonly string[];
  readonly byServiceAccounts: readonly string[];
}

/**
 * These roles with their trust and policies, in the order given. One that does not exist is left out. One of another account is there without its
 * documents, and so is one too many: whoever may write ServiceAccounts must not be able to hide the roles of the cluster behind a thousand names.
 */
export async function readRoles(session: AwsSession, { byAws, byServiceAccounts }: NamedRoles, account: string): Promise<readonly IamRole[]> {
  const first = new Set(byAws);
  const others = [...new Set(byServiceAccounts)].filter((arn) => !first.has(arn) && ROLE_ARN.test(arn)).sort();
  const beyond = new Set(others.slice(NAMED_BY_SERVICE_ACCOUNTS));
  const valid = [...first, ...others].flatMap((arn) => {
    const [, of, name] = ROLE_ARN.exec(arn) ?? [];
    return of === undefined || name === undefined ? [] : [{ arn, of, name }];
  });
  const read = await pMap(valid, ({ arn, of, name }) => (of === account && !beyond.has(arn) ? readRole(session, arn, name) : { Arn: arn, RoleName: name }), { concurrency: AT_ONCE });
  return read.filter((role) => role !== undefined);
}

async function readRole(session: AwsSession, arn: string, name: string): Promise<IamRole | undefined> {
  const { iam, call, list } = session;
  const role = (await call('iam:GetRole', (options) => iam.send(new GetRoleCommand({ RoleName: name }), options)))?.Role;
  // IAM finds roles by name alone: one with another path is another role.
  if (role?.Arn !== arn) return undefined;
  const names = await list<string>('iam:ListRolePolicies', async (Marker, options) => {
    const { PolicyNames, Marker: next } = await iam.send(new ListRolePoliciesCommand({ RoleName: name, Marker }), options);
    return { items: PolicyNames, next };
  });
  const inline = await pMap(names ?? [], (PolicyName) => call('iam:GetRolePolicy', (options) => iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName }), options)), { concurrency: AT_ONCE });
  const attached = await list<AttachedPolicy>('iam:ListAttachedRolePolicies', async (Marker, options) => {
    const { AttachedPolicies, Marker: next } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name, Marker }), options);
    return { items: AttachedPolicies, next };
  });
  // Deleted between two of these calls.
  if (names === undefined || attached === undefined) return undefined;
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    Arn: arn,
    RoleName: name,
    ...(role.CreateDate === undefined ? {} : { CreateDate: role.CreateDate.toISOString() }),
    AssumeRolePolicyDocument: document(role.AssumeRolePolicyDocument, `the trust policy of ${arn}`),
    RolePolicyList: inline.flatMap((policy) => (policy === undefined ? [] : [{ PolicyName: policy.PolicyName!, PolicyDocument: document(policy.PolicyDocument, `${policy.PolicyName} of ${arn}`) }])),
    AttachedManagedPolicies: attached.map(({ PolicyName, PolicyArn }) => ({ PolicyArn: PolicyArn!, ...(PolicyName === undefined ? {} : { PolicyName }) })),
    ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary } }),
  };
}

/** Managed policies that these roles have attached or are bounded by, with the version that is in force. Throws AwsRefusedError. */
export async function readPolicies(session: AwsSession, roles: readonly IamRole[]): Promise<readonly IamPolicy[]> {
  const arns = roles.flatMap(({ AttachedManagedPolicies = [], PermissionsBoundary }) => [...AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn), PermissionsBoundary?.PermissionsBoundaryArn]);
  const distinct = [...new Set(arns.filter((arn) => arn !== undefined))];
  const read = await pMap(distinct, (arn) => readPolicy(session, arn), { concurrency: AT_ONCE });
  return read.filter((policy) => policy !== undefined);
}

async function readPolicy({ iam, call }: AwsSession, arn: string): Promise<IamPolicy | undefined> {
  const policy = (await call('iam:GetPolicy', (options) => iam.send(new GetPolicyCommand({ PolicyArn: arn }), options)))?.Policy;
  if (policy === undefined) return undefined;
  const { DefaultVersionId, PolicyName } = policy;
  const version = (await call('iam:GetPolicyVersion', (options) => iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: DefaultVersionId }), options)))?.PolicyVersion;
  if (version === undefined) return undefined;
  return {
    Arn: arn,
    ...(PolicyName === undefined ? {} : { PolicyName }),
    DefaultVersionId: DefaultVersionId!,
    PolicyVersionList: [{ VersionId: DefaultVersionId!, IsDefaultVersion: true, Document: document(version.Document, arn) }],
  };
}

/** IAM percent-encodes documents; the AWS CLI prints them decoded. */
function document(encoded: string | undefined, what: string): PolicyDocument {
  try {
    return JSON.parse(decodeURIComponent(encoded ?? '')) as PolicyDocument;
  } catch {
    throw new AwsRefusedError({ code: 'unreadable', message: `the document that IAM gives of ${what} is no JSON` });
  }
}
