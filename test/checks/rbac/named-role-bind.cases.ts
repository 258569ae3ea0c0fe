import { namedRoleBind } from '../../../lambda/checks/rbac/named-role-bind.ts';
import type { CheckCases } from '../check-cases.ts';
import { account, bind, bindCluster, clusterRole, group, role, rule, subject, user } from './rbac-objects.ts';

const RBAC = 'rbac.authorization.k8s.io';
const READER = clusterRole('reader', rule('get,list,watch', '', 'secrets'));
const LOOKER = clusterRole('looker', rule('get', '', 'configmaps'));
const bindRole = (names: string, resource = 'clusterroles') => rule('bind', RBAC, resource, names);
const CREATE = rule('create', RBAC, 'rolebindings');
const CREATE_EVERYWHERE = rule('create', RBAC, 'clusterrolebindings');

export const cases = {
  check: namedRoleBind,
  pass: [
    { name: 'a role without a power', sources: { clusterRoles: [LOOKER, clusterRole('ops', bindRole('looker'), CREATE)], clusterRoleBindings: [bindCluster('ops', 'ops', user('alice'))] } },
    { name: 'bind without the creation of bindings', sources: { clusterRoles: [READER, clusterRole('ops', bindRole('reader'))], clusterRoleBindings: [bindCluster('ops', 'ops', user('alice'))] } },
    { name: 'bindings of another namespace', sources: { clusterRoles: [READER], roles: [role('shop', 'one', bindRole('reader')), role('web', 'two', CREATE)], roleBindings: [bind('shop', 'one', 'Role one', user('alice')), bind('web', 'two', 'Role two', user('alice'))] } },
    { name: 'create with resourceNames, which no create carries', sources: { clusterRoles: [READER, clusterRole('ops', bindRole('reader'), rule('create', RBAC, 'rolebindings', 'some'))], clusterRoleBindings: [bindCluster('ops', 'ops', user('alice'))] } },
    { name: 'a role that is not there', sources: { clusterRoles: [clusterRole('ops', bindRole('reader'), CREATE)], clusterRoleBindings: [bindCluster('ops', 'ops', user('alice'))] } },
    { name: 'what it has anyway', sources: { clusterRoles: [READER, clusterRole('ops', bindRole('reader'), CREATE)], clusterRoleBindings: [bindCluster('ops', 'ops', user('alice')), bindCluster('held', 'reader', user('alice'))] } },
    { name: 'any role, which is another finding', sources: { clusterRoles: [READER, clusterRole('ops', bindRole('reader,cluster-admin'), CREATE)], clusterRoleBindings: [bindCluster('ops', 'ops', user('alice'))] } },
    { name: 'a Role by the name of a ClusterRole', sources: { clusterRoles: [READER], roles: [role('shop', 'ops', bindRole('reader', 'roles'), CREATE)], roleBindings: [bind('shop', 'ops', 'Role ops', user('alice'))] } },
  ],
  fail: [
    {
      name: 'a ClusterRole, in one namespace',
      sources: { clusterRoles: [READER], roles: [role('shop', 'ops', bindRole('reader'), CREATE)], roleBindings: [bind('shop', 'ops', 'Role ops', user('alice'))] },
      findings: [
        {
          resource: subject('User alice'),
          key: 'bind ClusterRole reader@shop',
          severity: 'high',
          message: 'User alice may give itself ClusterRole reader in shop, whose holders may read every Secret in shop, by RoleBinding shop/ops',
          cause: 'Role shop/ops: bind ClusterRole reader',
        },
      ],
    },
    {
      name: 'granted in the whole cluster, where bindings are made in one namespace',
      sources: { clusterRoles: [READER, clusterRole('bind', bindRole('reader'))], clusterRoleBindings: [bindCluster('bind', 'bind', user('alice'))], roles: [role('kube-system', 'ops', CREATE)], roleBindings: [bind('kube-system', 'ops', 'Role ops', user('alice'))] },
      findings: [{ resource: subject('User alice'), key: 'bind ClusterRole reader@kube-system', severity: 'critical', cause: 'ClusterRole bind: bind ClusterRole reader' }],
    },
    {
      name: 'a Role of the namespace',
      sources: { roles: [role('shop', 'shell', rule('create', '', 'pods/exec')), role('shop', 'ops', bindRole('shell', 'roles'), CREATE)], roleBindings: [bind('shop', 'ops', 'Role ops', user('alice'))] },
      findings: [{ resource: subject('User alice'), key: 'bind Role shop/shell@shop', severity: 'high' }],
    },
    {
      name: 'in every namespace: what belongs to none only by a ClusterRoleBinding',
      sources: {
        clusterRoles: [clusterRole('nodes', rule('get', '', 'nodes/proxy')), clusterRole('one', bindRole('nodes'), CREATE), clusterRole('two', bindRole('nodes'), CREATE_EVERYWHERE)],
        clusterRoleBindings: [bindCluster('one', 'one', user('alice')), bindCluster('two', 'two', user('bob'))],
      },
      findings: [{ resource: subject('User bob'), key: 'bind ClusterRole nodes@cluster', severity: 'critical' }],
    },
    {
      name: 'what its group may give itself is told of the group alone',
      sources: { clusterRoles: [READER, clusterRole('ops', bindRole('reader'), CREATE)], clusterRoleBindings: [bindCluster('ops', 'ops', group('system:serviceaccounts:shop'))], roleBindings: [bind('shop', 'ops', 'ClusterRole ops', account('shop', 'web'))] },
      findings: [{ resource: subject('Group system:serviceaccounts:shop'), key: 'bind ClusterRole reader@cluster', severity: 'critical' }],
    },
    {
      name: 'the account of every pod of a namespace: one step worse',
      sources: { clusterRoles: [clusterRole('killer', rule('delete', '', 'pods'))], roles: [role('shop', 'ops', bindRole('killer'), CREATE)], roleBindings: [bind('shop', 'ops', 'Role ops', account('shop', 'default'))] },
      findings: [{ resource: subject('ServiceAccount shop/default'), key: 'bind ClusterRole killer@shop', severity: 'high' }],
    },
  ],
} satisfies CheckCases;
