import { describe, expect, test } from '@jest/globals';
import { documentsInForce, policiesOf, roleAllows } from '../../../../lambda/facts/identity/role-policies/role-allows.ts';
import { rolePower } from '../../../../lambda/facts/identity/role-policies/role-power.ts';
import type { IamPolicy, IamRole } from '../../../../lambda/model/eks.ts';

const ROLE = 'arn:aws:iam::111122223333:role/runner';
const BOUNDS = 'arn:aws:iam::111122223333:policy/bounds';
const CLUSTER = 'arn:aws:eks:eu-west-1:111122223333:cluster/test';

function role(statements: unknown, more: Partial<IamRole> = {}): IamRole {
  return { Arn: ROLE, RoleName: 'runner', RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }], AttachedManagedPolicies: [], ...more };
}

function managed(Arn: string, statements: unknown): IamPolicy {
  return { Arn, PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: false, Document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } }, { VersionId: 'v2', IsDefaultVersion: true, Document: { Statement: statements } }] };
}

function powerOf(given: IamRole, policies: readonly IamPolicy[] = [], entries = true) {
  const { account, cluster } = rolePower(policiesOf(given, documentsInForce(policies))!, { roleArn: ROLE, clusterArn: CLUSTER, entries });
  return [account, cluster];
}

const allow = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({ Effect: 'Deny', Action, Resource, ...more });
const WHEN = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

describe('what a role is good for', () => {
  test.each([
    ['everything', allow('*'), [true, true]],
    ['nothing of it', allow('s3:*'), [false, false]],
    ['rights written into any role', allow(['IAM:PutRolePolicy']), [true, false]],
    ['rights written into itself', allow('iam:AttachRolePolicy', ROLE), [true, false]],
    ['rights written into another role', allow('iam:AttachRolePolicy', 'arn:aws:iam::111122223333:role/web'), [false, false]],
    ['whom any role lets in', allow('iam:Update*', 'arn:aws:iam::*:role/*'), [true, false]],
    ['all but IAM', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, [false, true]],
    ['all but some roles', { Effect: 'Allow', Action: 'iam:*', NotResource: 'arn:aws:iam::111122223333:role/web' }, [true, false]],
    ['entries without policies', allow('eks:CreateAccessEntry'), [false, false]],
    ['entries and policies of this cluster', [allow('eks:CreateAccessEntry', CLUSTER), allow('eks:AssociateAccessPolicy', 'arn:aws:eks:eu-west-1:111122223333:access-entry/test/*')], [false, true]],
    ['entries and policies of another cluster', [allow('eks:CreateAccessEntry', CLUSTER), allow('eks:AssociateAccessPolicy', 'arn:aws:eks:eu-west-1:111122223333:access-entry/web/*')], [false, false]],
    ['a denial beside it', [allow('*'), deny(['iam:*', 'eks:CreateAccessEntry'])], [false, false]],
    ['a denial of something else', [allow('*'), deny('iam:*', 'arn:aws:iam::111122223333:user/*')], [true, true]],
    ['a condition', allow('*', '*', WHEN), ['unknown', 'unknown']],
    ['a denial with a condition', [allow('*'), deny('*', '*', WHEN)], ['unknown', 'unknown']],
    ['an empty condition', allow('*', '*', { Condition: {} }), [true, true]],
    ['no statements', 'odd', [false, false]],
    ['statements of the wrong shape', [null, 7, { Effect: 'Allow' }, { Effect: 'Allow', Action: 7, Resource: {} }], [false, false]],
  ])('%s', (_, statements, expected) => {
    expect(powerOf(role(statements))).toEqual(expected);
  });

  test('entries are worth nothing where the cluster takes none', () => {
    expect(powerOf(role(allow('eks:*')), [], false)).toEqual([false, false]);
  });

  test('of a managed policy the version counts that is in force', () => {
    const attached = role([], { AttachedManagedPolicies: [{ PolicyArn: BOUNDS }] });
    expect(powerOf(attached, [managed(BOUNDS, allow('iam:*'))])).toEqual([true, false]);
    expect(powerOf(attached, [managed(BOUNDS, allow('s3:*'))])).toEqual([false, false]);
  });

  test('what was not read may allow more and may forbid it', () => {
    const attached = { AttachedManagedPolicies: [{ PolicyArn: BOUNDS }] };
    expect(powerOf(role(allow('s3:*'), attached))).toEqual(['unknown', 'unknown']);
    expect(powerOf(role(allow('*'), attached))).toEqual(['unknown', 'unknown']);
    expect(powerOf(role(deny('*'), attached))).toEqual([false, false]);
    expect(policiesOf({ Arn: ROLE, RoleName: 'runner' }, new Map())).toBeUndefined();
  });

  test('a boundary limits what is written into the role, and not whom other roles let in', () => {
    const bounded = { PermissionsBoundary: { PermissionsBoundaryArn: BOUNDS } };
    const write = role(allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy']), bounded);
    expect(powerOf(write, [managed(BOUNDS, allow('*'))])).toEqual([false, false]);
    const trust = role(allow('iam:UpdateAssumeRolePolicy'), bounded);
    expect(powerOf(trust, [managed(BOUNDS, allow('*'))])).toEqual([true, false]);
    expect(powerOf(trust, [managed(BOUNDS, allow('s3:*'))])).toEqual([false, false]);
    expect(powerOf(trust)).toEqual(['unknown', false]);
  });

  test("AWS's administrator's policy is known unread", () => {
    expect(powerOf(role([], { AttachedManagedPolicies: [{ PolicyArn: 'arn:aws-cn:iam::aws:policy/AdministratorAccess' }] }))).toEqual([true, true]);
    expect(powerOf(role([], { AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::111122223333:policy/AdministratorAccess' }] }))).toEqual(['unknown', 'unknown']);
  });

  test('actions ignore case, resources do not', () => {
    const policies = policiesOf(role(allow('IAM:putrolepolicy', `${ROLE}-A`)), new Map())!;
    expect([roleAllows(policies, 'iam:PutRolePolicy', `${ROLE}-A`), roleAllows(policies, 'iam:PutRolePolicy', `${ROLE}-a`)]).toEqual([true, false]);
  });

  test('versions of its own policies are worth it, those of AWS and of others not', () => {
    const attached = (arn: string) => powerOf(role([], { AttachedManagedPolicies: [{ PolicyArn: arn }] }), [managed(arn, allow('iam:CreatePolicyVersion', arn))]);
    expect([attached(BOUNDS), attached('arn:aws:iam::aws:policy/ReadOnlyAccess')]).toEqual([[true, false], [false, false]]);
    expect(powerOf(role(allow('iam:CreatePolicyVersion', BOUNDS)))).toEqual([false, false]);
  });

  test.each([
    ['to machines', [allow('iam:PassRole'), allow('ec2:RunInstances')], true],
    ['to functions that it calls', [allow('iam:PassRole'), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])], true],
    ['to functions that others call', [allow('iam:PassRole'), allow('lambda:CreateFunction')], false],
    ['to stacks', [allow('iam:Pass*'), allow('cloudformation:*')], true],
    ['one role', [allow('iam:PassRole', ROLE), allow('*', '*', WHEN), deny('iam:PassRole', 'arn:aws:iam::111122223333:role/no*')], false],
    ['to one service', [allow('iam:PassRole', '*', WHEN), allow('ec2:RunInstances')], 'unknown'],
  ])('roles passed on %s: %p', (_, statements, expected) => {
    expect(rolePower(policiesOf(role(statements), new Map())!, { roleArn: ROLE, clusterArn: CLUSTER, entries: false }).passes).toBe(expected);
  });
});
