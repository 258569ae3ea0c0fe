import { rbacEscalation } from '../../../lambda/checks/rbac/rbac-escalation.ts';
import type { CheckCases } from '../check-cases.ts';
import { bind, bindCluster, clusterRole, everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: rbacEscalation,
  pass: [
    { name: 'escalate without a write of roles', sources: everywhere(user('alice'), rule('escalate', 'rbac.authorization.k8s.io', 'clusterroles')) },
    { name: 'bind without a write of bindings', sources: everywhere(user('alice'), rule('bind', 'rbac.authorization.k8s.io', 'clusterroles')) },
    {
      name: 'writes without escalate or bind',
      sources: everywhere(user('alice'), rule('create,update,patch', 'rbac.authorization.k8s.io', 'roles,clusterroles,rolebindings,clusterrolebindings')),
    },
    {
      name: 'bind of one harmless role',
      sources: everywhere(
        user('alice'),
        rule('bind', 'rbac.authorization.k8s.io', 'clusterroles', 'view'),
        rule('create', 'rbac.authorization.k8s.io', 'rolebindings'),
      ),
    },
    {
      name: 'escalate on one role, change of another',
      sources: everywhere(user('alice'), rule('escalate', 'rbac.authorization.k8s.io', 'roles,clusterroles', 'a'), rule('update,patch', 'rbac.authorization.k8s.io', 'roles,clusterroles', 'b')),
    },
    {
      name: 'escalate on a role by name does not help to create it',
      sources: everywhere(user('alice'), rule('escalate,create', 'rbac.authorization.k8s.io', 'roles', 'a'), rule('create', 'rbac.authorization.k8s.io', 'roles')),
    },
    {
      name: 'bind of a Role by the name of cluster-admin',
      sources: within('shop', user('alice'), rule('bind', 'rbac.authorization.k8s.io', 'roles', 'cluster-admin'), rule('create', 'rbac.authorization.k8s.io', 'rolebindings')),
    },
    {
      name: 'escalate on ClusterRoles is inert in a RoleBinding',
      sources: within('shop', user('alice'), rule('escalate,update', 'rbac.authorization.k8s.io', 'clusterroles')),
    },
  ],
  fail: [
    {
      name: 'bind with bindings in a namespace',
      sources: within(
        'shop',
        user('alice'),
        rule('bind', 'rbac.authorization.k8s.io', 'clusterroles'),
        rule('create', 'rbac.authorization.k8s.io', 'rolebindings'),
      ),
      findings: [
        {
          resource: subject('User alice'),
          key: 'rbac-escalation@shop',
          message: 'User alice may give itself any right in shop, by RoleBinding shop/ops',
          cause: 'Role shop/ops: rbac-escalation',
        },
      ],
    },
    {
      name: 'escalate with a write of roles, everywhere; the write itself is contained',
      sources: everywhere(user('alice'), rule('escalate,update', 'rbac.authorization.k8s.io', 'clusterroles')),
      findings: [{ resource: subject('User alice'), key: 'rbac-escalation@cluster', severity: 'critical' }],
    },
    {
      name: 'bind of cluster-admin by name',
      sources: everywhere(
        user('alice'),
        rule('bind', 'rbac.authorization.k8s.io', 'clusterroles', 'view,cluster-admin'),
        rule('create', 'rbac.authorization.k8s.io', 'clusterrolebindings'),
      ),
      findings: [{ resource: subject('User alice'), key: 'rbac-escalation@cluster', severity: 'critical' }],
    },
    {
      name: 'escalate on one role and change of it, cluster-wide and in a namespace',
      sources: {
        clusterRoles: [clusterRole('one', rule('escalate', 'rbac.authorization.k8s.io', 'roles', 'a,b')), clusterRole('other', rule('patch', 'rbac.authorization.k8s.io', 'roles', 'b,c'))],
        clusterRoleBindings: [bindCluster('a', 'one', user('alice'))],
        roleBindings: [bind('shop', 'b', 'ClusterRole other', user('alice'))],
      },
      findings: [{ resource: subject('User alice'), key: 'rbac-escalation@shop', cause: 'ClusterRole one + ClusterRole other: rbac-escalation' }],
    },
    {
      name: 'by two roles together',
      sources: {
        clusterRoles: [
          clusterRole('binder', rule('bind', 'rbac.authorization.k8s.io', '*')),
          clusterRole('writer', rule('create', 'rbac.authorization.k8s.io', 'rolebindings')),
        ],
        clusterRoleBindings: [bindCluster('a', 'binder', user('alice'))],
        roleBindings: [bind('shop', 'b', 'ClusterRole writer', user('alice'))],
      },
      findings: [
        {
          resource: subject('User alice'),
          key: 'rbac-escalation@shop',
          message: 'User alice may give itself any right in shop, by ClusterRoleBinding a and 1 more',
          cause: 'ClusterRole binder + ClusterRole writer: rbac-escalation',
        },
      ],
    },
  ],
} satisfies CheckCases;
