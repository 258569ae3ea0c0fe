import { danglingSubject } from '../../../lambda/checks/rbac/dangling-subject.ts';
import type { CheckCases } from '../check-cases.ts';
import { account, bind, bindCluster, clusterRole, group, rule, user } from './rbac-objects.ts';

export const cases = {
  check: danglingSubject,
  pass: [
    {
      name: 'an account that exists',
      sources: {
        serviceAccounts: [{ metadata: { namespace: 'shop', name: 'default' } }, { metadata: { namespace: 'shop', name: 'web' } }],
        namespaces: [{ metadata: { name: 'shop' } }, { metadata: { name: 'unread' } }],
        clusterRoles: [clusterRole('view', rule('get', '', 'pods'))],
        roleBindings: [bind('shop', 'a', 'ClusterRole view', account(undefined, 'web'))],
      },
    },
    {
      name: 'users and groups live elsewhere',
      sources: {
        serviceAccounts: [{ metadata: { namespace: 'shop', name: 'default' } }, { metadata: { namespace: 'shop', name: 'web' } }],
        namespaces: [{ metadata: { name: 'shop' } }, { metadata: { name: 'unread' } }],
        clusterRoles: [clusterRole('view', rule('get', '', 'pods'))],
        roleBindings: [bind('shop', 'a', 'ClusterRole view', user('gone'), group('gone'))],
      },
    },
    {
      name: 'a namespace whose accounts were not looked at',
      sources: {
        serviceAccounts: [{ metadata: { namespace: 'shop', name: 'default' } }, { metadata: { namespace: 'shop', name: 'web' } }],
        namespaces: [{ metadata: { name: 'shop' } }, { metadata: { name: 'unread' } }],
        clusterRoles: [clusterRole('view', rule('get', '', 'pods'))],
        roleBindings: [bind('shop', 'a', 'ClusterRole view', account('unread', 'web'))],
      },
    },
    {
      name: 'an account of Kubernetes that EKS keeps in its control plane',
      sources: {
        serviceAccounts: [{ metadata: { namespace: 'shop', name: 'default' } }, { metadata: { namespace: 'shop', name: 'web' } }],
        namespaces: [{ metadata: { name: 'shop' } }, { metadata: { name: 'unread' } }],
        clusterRoleBindings: [
          bindCluster('system:controller:route-controller', 'system:controller:route-controller', account('kube-system', 'route-controller')),
        ],
      },
    },
  ],
  fail: [
    {
      name: 'an account that is not there, by both its names',
      sources: {
        serviceAccounts: [{ metadata: { namespace: 'shop', name: 'default' } }, { metadata: { namespace: 'shop', name: 'web' } }],
        namespaces: [{ metadata: { name: 'shop' } }, { metadata: { name: 'unread' } }],
        clusterRoles: [clusterRole('view', rule('get', '', 'pods'))],
        clusterRoleBindings: [bindCluster('b', 'view', user('system:serviceaccount:shop:gone'))],
        roleBindings: [bind('shop', 'a', 'ClusterRole view', account(undefined, 'gone'), account('shop', 'gone'), account('shop', 'web'))],
      },
      findings: [
        {
          resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', name: 'b' },
          key: 'ServiceAccount shop/gone',
          cause: 'ServiceAccount shop/gone does not exist',
        },
        {
          resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', namespace: 'shop', name: 'a' },
          key: 'ServiceAccount shop/gone',
          message: 'RoleBinding shop/a gives ClusterRole view to ServiceAccount shop/gone, which does not exist',
          cause: 'ServiceAccount shop/gone does not exist',
        },
      ],
    },
    {
      name: 'a namespace that is not there',
      sources: {
        serviceAccounts: [{ metadata: { namespace: 'shop', name: 'default' } }, { metadata: { namespace: 'shop', name: 'web' } }],
        namespaces: [{ metadata: { name: 'shop' } }, { metadata: { name: 'unread' } }],
        clusterRoles: [clusterRole('view', rule('get', '', 'pods'))],
        clusterRoleBindings: [bindCluster('b', 'view', account('gone', 'web'))],
      },
      findings: [{ resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', name: 'b' }, key: 'ServiceAccount gone/web' }],
    },
  ],
} satisfies CheckCases;
