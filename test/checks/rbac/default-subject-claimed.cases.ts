import type * as k8s from '@kubernetes/client-node';
import { defaultSubjectClaimed } from '../../../lambda/checks/rbac/default-subject-claimed.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, entries } from '../identity/identity-objects.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, clusterRole, group, role, rule, subject, user } from './rbac-objects.ts';

/** EKS's add-on manager, and the controller of Kubernetes that may write any right into ClusterRoles, as they come. */
const AGGREGATOR = 'system:controller:clusterrole-aggregation-controller';
const DEFAULTS = {
  clusterRoles: [CLUSTER_ADMIN, clusterRole(AGGREGATOR, rule('escalate,get,list,patch,update,watch', 'rbac.authorization.k8s.io', 'clusterroles'))],
  clusterRoleBindings: [bindCluster('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager')), bindCluster(AGGREGATOR, AGGREGATOR, account('kube-system', 'clusterrole-aggregation-controller'))],
} satisfies GivenSources;
const MANAGER = { resource: subject('User eks:addon-manager'), key: 'cluster-admin@cluster', severity: 'critical' } as const;
const CONTROLLER = { resource: subject('ServiceAccount kube-system/clusterrole-aggregation-controller'), key: 'rbac-escalation@cluster', severity: 'critical' } as const;

/** The defaults, with aws-auth that maps the role ops so. */
function mapped(username: string, ...groups: readonly string[]): GivenSources {
  return { ...DEFAULTS, ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}ops`, username, groups }]) }) };
}
/** The defaults, with what User alice holds beside them. */
function held(...rules: k8s.V1PolicyRule[]): GivenSources {
  return { ...DEFAULTS, clusterRoles: [...DEFAULTS.clusterRoles, clusterRole('ops', ...rules)], clusterRoleBindings: [...DEFAULTS.clusterRoleBindings, bindCluster('ops', 'ops', user('alice'))] };
}
function heldIn(namespace: string, ...rules: k8s.V1PolicyRule[]): GivenSources {
  return { ...DEFAULTS, roles: [role(namespace, 'ops', ...rules)], roleBindings: [bind(namespace, 'ops', 'Role ops', user('alice'))] };
}

export const cases = {
  check: defaultSubjectClaimed,
  pass: [
    { name: 'the defaults alone', sources: DEFAULTS },
    { name: 'names of their own', sources: mapped('ops', 'ops', 'eks') },
    { name: 'nodes, in their groups', sources: mapped('system:node:{{EC2PrivateDNSName}}', 'system:bootstrappers', 'system:nodes', 'eks:kube-proxy-windows') },
    { name: 'a service of AWS', sources: { ...DEFAULTS, ...entries({ principalArn: `${ROLE}aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`, username: 'eks:addon-manager' }) } },
    { name: 'a name that a session cannot make so: it has no colon', sources: mapped('{{SessionName}}') },
    { name: 'who is in system:masters has it anyway', sources: mapped('eks:addon-manager', 'system:masters') },
    { name: 'who rules the cluster by an access policy too', sources: { ...DEFAULTS, ...entries({ principalArn: `${ROLE}ops`, username: 'eks:addon-manager', policies: { AmazonEKSClusterAdminPolicy: [] } }) } },
    { name: 'aws-auth, where the cluster does not read it', sources: { ...mapped('eks:addon-manager'), ...entries() } },
    { name: 'who may become any user: that is a right of its own', sources: held(rule('impersonate', '', 'users')) },
    { name: 'and tokens of any account', sources: heldIn('kube-system', rule('create', '', 'serviceaccounts/token')) },
    { name: 'a user by name, by a RoleBinding', sources: heldIn('kube-system', rule('impersonate', '', 'users', 'eks:addon-manager')) },
    { name: 'an account of that name in another namespace', sources: heldIn('shop', rule('create', '', 'serviceaccounts/token', 'clusterrole-aggregation-controller')) },
    { name: 'the account itself, and not its tokens', sources: heldIn('kube-system', rule('create,get', '', 'serviceaccounts', 'clusterrole-aggregation-controller')) },
    { name: 'who is cluster-admin himself', sources: { ...DEFAULTS, clusterRoles: [CLUSTER_ADMIN, ...DEFAULTS.clusterRoles.slice(1), clusterRole('ops', rule('impersonate', '', 'users', 'eks:addon-manager'))], clusterRoleBindings: [...DEFAULTS.clusterRoleBindings, bindCluster('a', 'cluster-admin', user('alice')), bindCluster('b', 'ops', user('alice'))] } },
    { name: 'a group, and nobody to be in it', sources: { ...held(rule('impersonate', '', 'groups', 'eks:service-operations')), ...serviceOperations(held(rule('impersonate', '', 'groups', 'eks:service-operations'))) } },
    { name: 'what is no default: somebody else by name', sources: { ...held(rule('impersonate', '', 'users', 'boss')), clusterRoleBindings: [...(held(rule('impersonate', '', 'users', 'boss')).clusterRoleBindings as k8s.V1ClusterRoleBinding[]), bindCluster('boss', 'cluster-admin', user('boss'))] } },
  ],
  fail: [
    {
      name: 'rights about different objects are no more than each of them, by default neither',
      sources: {
        clusterRoles: [clusterRole('eks:fargate-manager', rule('escalate', 'rbac.authorization.k8s.io', 'clusterroles', 'a'), rule('update', 'rbac.authorization.k8s.io', 'clusterroles', 'b'))],
        clusterRoleBindings: [bindCluster('eks:fargate-manager', 'eks:fargate-manager', user('eks:fargate-manager'))],
        ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}ops`, username: 'eks:fargate-manager', groups: [] }]) }),
      },
      findings: [
        {
          resource: subject('User eks:fargate-manager'),
          key: 'rbac-write@cluster',
          severity: 'low',
          message: 'IAM role ops of account 111122223333 signs in as User eks:fargate-manager, by aws-auth: User eks:fargate-manager may pass its own rights on to others in every namespace, by ClusterRoleBinding eks:fargate-manager',
        },
      ],
    },
    {
      name: 'a role of IAM under the name of the add-on manager',
      sources: mapped('eks:addon-manager'),
      findings: [
        {
          ...MANAGER,
          message: 'IAM role ops of account 111122223333 signs in as User eks:addon-manager, by aws-auth: User eks:addon-manager is cluster-admin, by ClusterRoleBinding eks:addon-cluster-admin',
          cause: 'aws-auth: User eks:addon-manager',
        },
      ],
    },
    {
      name: 'as an account of a controller',
      sources: mapped('system:serviceaccount:kube-system:clusterrole-aggregation-controller'),
      findings: [CONTROLLER],
    },
    {
      name: 'if the session is named so',
      sources: mapped('eks:{{SessionName}}'),
      findings: [{ ...MANAGER, message: 'IAM role ops of account 111122223333 may sign in as User eks:addon-manager, by aws-auth and the name of its session: User eks:addon-manager is cluster-admin, by ClusterRoleBinding eks:addon-cluster-admin' }],
    },
    {
      name: 'by an access entry, as files may hold one',
      sources: { ...DEFAULTS, ...entries({ principalArn: `${ROLE}ops`, username: 'eks:addon-manager' }, { principalArn: `${ROLE}web`, username: 'eks:addon-manager' }) },
      findings: [
        {
          ...MANAGER,
          message: 'IAM role ops of account 111122223333 signs in as User eks:addon-manager, by its access entry (1 more may become it too): User eks:addon-manager is cluster-admin, by ClusterRoleBinding eks:addon-cluster-admin',
          cause: 'access entry: User eks:addon-manager',
        },
      ],
    },
    {
      name: 'who may impersonate it by its name',
      sources: held(rule('impersonate', '', 'users', 'eks:addon-manager')),
      findings: [
        {
          ...MANAGER,
          message: 'User alice impersonates User eks:addon-manager, by ClusterRoleBinding ops to ClusterRole ops: User eks:addon-manager is cluster-admin, by ClusterRoleBinding eks:addon-cluster-admin',
          cause: 'ClusterRole ops: impersonates User eks:addon-manager',
        },
      ],
    },
    {
      name: 'a user whose name is that of the account',
      sources: held(rule('impersonate', '', 'users', 'system:serviceaccount:kube-system:clusterrole-aggregation-controller')),
      findings: [CONTROLLER],
    },
    {
      name: 'tokens by name, in its namespace',
      sources: heldIn('kube-system', rule('create', '', 'serviceaccounts/token', 'clusterrole-aggregation-controller')),
      findings: [
        {
          ...CONTROLLER,
          message:
            'User alice makes tokens of ServiceAccount kube-system/clusterrole-aggregation-controller, by RoleBinding kube-system/ops to Role kube-system/ops: ServiceAccount kube-system/clusterrole-aggregation-controller may give itself any right in every namespace, by ClusterRoleBinding system:controller:clusterrole-aggregation-controller',
          cause: 'Role kube-system/ops: makes tokens of ServiceAccount kube-system/clusterrole-aggregation-controller',
        },
      ],
    },
    {
      name: 'and cluster-wide, by every verb',
      sources: held(rule('*', '', '*', 'clusterrole-aggregation-controller')),
      findings: [CONTROLLER],
    },
    {
      name: 'a group by its name, with somebody to be',
      sources: { ...held(rule('impersonate', '', 'groups', 'eks:service-operations'), rule('impersonate', '', 'users', 'robot')), ...serviceOperations(held(rule('impersonate', '', 'groups', 'eks:service-operations'), rule('impersonate', '', 'users', 'robot'))) },
      findings: [{ resource: subject('Group eks:service-operations'), key: 'secrets-read@cluster', severity: 'critical' }],
    },
    {
      name: 'by IAM and in the cluster: both are to be put right',
      sources: { ...held(rule('impersonate', '', 'users', 'eks:addon-manager')), ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}ops`, username: 'eks:addon-manager' }]) }) },
      findings: [{ ...MANAGER, cause: 'ClusterRole ops: impersonates User eks:addon-manager + aws-auth: User eks:addon-manager' }],
    },
  ],
} satisfies CheckCases;

/** Beside these, a role of EKS whose rules it does not publish. */
function serviceOperations({ clusterRoles, clusterRoleBindings }: GivenSources): GivenSources {
  return {
    clusterRoles: [...(clusterRoles as k8s.V1ClusterRole[]), clusterRole('eks:service-operations', rule('get,list', '', 'secrets'))],
    clusterRoleBindings: [...(clusterRoleBindings as k8s.V1ClusterRoleBinding[]), bindCluster('eks:service-operations', 'eks:service-operations', group('eks:service-operations'))],
  };
}
