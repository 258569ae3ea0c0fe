import { workloadRolePrivileged } from '../../../lambda/checks/identity/workload-role-privileged.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, account, accountResource, eksCluster, only, podRole, principal, webIdentityRole } from './identity-objects.ts';

const allow = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({ Effect: 'Allow', Action, Resource, ...more });
const WITH = (...Statement: readonly object[]): object => ({ RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement } }], AttachedManagedPolicies: [] });
const POLICY = 'arn:aws:iam::111122223333:policy/own';

/** The account shop/runner has the role runner, by its annotation, with these policies. */
function runner(...statements: readonly object[]): GivenSources {
  return having(WITH(...statements));
}
function having(policies: object, more: object = {}): GivenSources {
  return { eksCluster: eksCluster('API'), serviceAccounts: [account('shop/runner', `${ROLE}runner`)], iamRoles: [{ ...webIdentityRole('runner', only('shop:runner')), ...policies }], ...more } as GivenSources;
}
function nodes(...statements: readonly object[]): GivenSources {
  return { eksCluster: eksCluster('API'), eksNodegroups: [{ nodegroupName: 'n', nodeRole: `${ROLE}nodes` }], iamRoles: [{ Arn: `${ROLE}path/nodes`, RoleName: 'nodes', ...WITH(...statements) }] } as GivenSources;
}
const RUNNER = { resource: accountResource('shop/runner'), key: `${ROLE}runner` } as const;
const NODES = { resource: principal('Role', `${ROLE}path/nodes`), key: 'nodes' } as const;
const PASS = allow('iam:PassRole');

export const cases = {
  check: workloadRolePrivileged,
  pass: [
    { name: 'a role for its work', sources: runner(allow('s3:*')) },
    { name: 'one that reads IAM', sources: runner(allow(['iam:Get*', 'iam:List*'])) },
    { name: 'one that may do all but IAM, where the cluster takes no entries', sources: { ...runner({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), eksCluster: eksCluster('CONFIG_MAP') } },
    { name: 'one that may make entries: that is a way to cluster-admin', sources: runner(allow(['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'])) },
    { name: 'one that passes one role on', sources: runner(allow('iam:PassRole', `${ROLE}nodes`), allow('ec2:RunInstances')) },
    { name: 'one that passes roles to nothing that it may start', sources: runner(PASS, allow('lambda:CreateFunction')) },
    { name: 'rights forbidden beside it', sources: runner(allow('*'), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }) },
    { name: 'a role that does not let the account in', sources: { ...runner(allow('*')), iamRoles: [{ ...webIdentityRole('runner', only('shop:web')), ...WITH(allow('*')) }] } as GivenSources },
    { name: 'nodes that may do what nodes do', sources: nodes(allow(['ec2:Describe*', 'ecr:*'])) },
    { name: 'a role of nobody here', sources: { eksCluster: eksCluster('API'), iamRoles: [{ ...podRole('admin'), ...WITH(allow('*')) }] } as GivenSources },
  ],
  fail: [
    {
      name: 'everything',
      sources: runner(allow('*')),
      findings: [
        {
          ...RUNNER,
          message: 'ServiceAccount shop/runner has IAM role runner of account 111122223333, by its annotation: it may make itself an administrator of its AWS account',
          cause: 'IAM role runner of account 111122223333: may make itself an administrator of its AWS account',
        },
      ],
    },
    { name: "AWS's own administrator's policy, unread", sources: having({ RolePolicyList: [], AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }] }), findings: [RUNNER] },
    {
      name: 'new versions of its own policy',
      sources: having({ RolePolicyList: [], AttachedManagedPolicies: [{ PolicyArn: POLICY }] }, { iamPolicies: [{ Arn: POLICY, PolicyVersionList: [{ IsDefaultVersion: true, Document: { Statement: allow('iam:CreatePolicyVersion', POLICY) } }] }] }),
      findings: [RUNNER],
    },
    {
      name: 'any role, passed to machines that it starts',
      sources: runner(PASS, allow('ec2:*')),
      findings: [{ ...RUNNER, severity: 'high', message: 'ServiceAccount shop/runner has IAM role runner of account 111122223333, by its annotation: it may start machines or code with any role of its AWS account that lets that in' }],
    },
    {
      name: 'by Pod Identity, and that of the target role alone',
      sources: {
        eksCluster: eksCluster('API'),
        serviceAccounts: [account('shop/runner'), account('web/runner')],
        eksPodIdentityAssociations: [
          { namespace: 'shop', serviceAccount: 'runner', roleArn: `${ROLE}runner` },
          { namespace: 'web', serviceAccount: 'runner', roleArn: `${ROLE}runner`, targetRoleArn: `${ROLE}web` },
          { namespace: 'web', serviceAccount: 'gone', roleArn: `${ROLE}runner` },
        ],
        iamRoles: [
          { ...podRole('runner'), ...WITH(allow('*')) },
          { Arn: `${ROLE}web`, RoleName: 'web', AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: `${ROLE}runner` }, Action: ['sts:AssumeRole', 'sts:TagSession'] } }, ...WITH(allow('s3:*')) },
        ],
      } as GivenSources,
      findings: [{ ...RUNNER, message: 'ServiceAccount shop/runner has IAM role runner of account 111122223333, by a Pod Identity association: it may make itself an administrator of its AWS account' }],
    },
    {
      name: 'by the trust policy alone, which names the account',
      sources: { ...runner(allow('iam:*')), serviceAccounts: [account('shop/runner')] },
      findings: [{ ...RUNNER, message: 'ServiceAccount shop/runner has IAM role runner of account 111122223333, whose trust policy lets in its tokens: it may make itself an administrator of its AWS account' }],
    },
    { name: 'the role of nodes', sources: nodes(allow('iam:*')), findings: [{ ...NODES, message: 'Nodes have IAM role path/nodes of account 111122223333: it may make itself an administrator of its AWS account' }] },
    { name: 'the role of nodes, by entries', sources: nodes(allow('eks:*')), findings: [{ ...NODES, message: 'Nodes have IAM role path/nodes of account 111122223333: it may let itself into the cluster with every right' }] },
  ],
} satisfies CheckCases;
