import { danglingRoleReference } from '../../../lambda/checks/rbac/dangling-role-reference.ts';
import { refused } from '../../../lambda/model/collected.ts';
import type { CheckCases } from '../check-cases.ts';
import { bind, bindCluster, clusterRole, group, role, rule, user } from './rbac-objects.ts';

export const cases = {
  check: danglingRoleReference,
  pass: [
    {
      name: 'a role that exists',
      sources: { clusterRoles: [clusterRole('view', rule('get', '', 'pods'))], roleBindings: [bind('shop', 'a', 'ClusterRole view', user('alice'))] },
    },
    { name: 'a binding of nobody', sources: { clusterRoleBindings: [bindCluster('a', 'gone')] } },
    {
      name: 'a binding of EKS, whose role it keeps elsewhere',
      sources: { clusterRoleBindings: [bindCluster('eks:nodewatcher', 'eks:nodewatcher', user('eks:nodewatcher'))] },
    },
  ],
  fail: [
    {
      name: 'a ClusterRole in two bindings is one cause',
      sources: {
        clusterRoleBindings: [bindCluster('a', 'gone', user('bob'), user('alice'))],
        roleBindings: [bind('shop', 'a', 'ClusterRole gone', group('devs'))],
      },
      findings: [
        {
          resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', name: 'a' },
          key: 'ClusterRole gone',
          message: 'ClusterRoleBinding a gives User alice and 1 more whatever ClusterRole gone will be, which does not exist',
          cause: 'ClusterRole gone does not exist',
        },
        {
          resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', namespace: 'shop', name: 'a' },
          key: 'ClusterRole gone',
          message: 'RoleBinding shop/a gives Group devs whatever ClusterRole gone will be, which does not exist',
          cause: 'ClusterRole gone does not exist',
        },
      ],
    },
    {
      name: 'a Role of another namespace, a ClusterRole of that name',
      sources: {
        clusterRoles: [clusterRole('r', rule('get', '', 'pods'))],
        roles: [role('web', 'r', rule('get', '', 'pods'))],
        roleBindings: [bind('shop', 'a', 'Role r', user('alice'))],
      },
      findings: [{ resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', namespace: 'shop', name: 'a' }, key: 'Role shop/r' }],
    },
    {
      name: 'roles of one kind that could not be read say nothing of the other',
      sources: {
        clusterRoles: refused('forbidden', 'may not list'),
        roleBindings: [bind('shop', 'a', 'ClusterRole gone', user('alice')), bind('shop', 'b', 'Role gone', user('alice'))],
      },
      findings: [{ resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', namespace: 'shop', name: 'b' }, key: 'Role shop/gone' }],
    },
  ],
} satisfies CheckCases;
