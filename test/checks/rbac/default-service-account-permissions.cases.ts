import { defaultServiceAccountPermissions } from '../../../lambda/checks/rbac/default-service-account-permissions.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, clusterRole, everywhere, group, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: defaultServiceAccountPermissions,
  pass: [
    { name: 'an account of its own', sources: everywhere(account('shop', 'web'), rule('get', '', 'secrets')) },
    { name: 'a harmless right', sources: everywhere(account('shop', 'default'), rule('get', '', 'pods')) },
    { name: 'a user called default', sources: everywhere(user('default'), rule('get', '', 'secrets')) },
    {
      name: 'what everyone has anyway',
      sources: {
        clusterRoles: [CLUSTER_ADMIN],
        clusterRoleBindings: [bindCluster('x', 'cluster-admin', account('shop', 'default'), group('system:authenticated'))],
      },
    },
  ],
  fail: [
    {
      name: 'cluster-admin',
      sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('shop-admin', 'cluster-admin', account('shop', 'default'))] },
      findings: [
        {
          resource: subject('ServiceAccount shop/default'),
          key: 'cluster-admin@cluster',
          severity: 'critical',
          message: 'Every pod of shop without an account of its own is cluster-admin, by ClusterRoleBinding shop-admin',
          cause: 'ClusterRole cluster-admin: cluster-admin',
        },
      ],
    },
    {
      name: 'the accounts of a namespace, and its default by the same right',
      sources: {
        clusterRoles: [clusterRole('r', rule('create', '', 'pods/portforward'))],
        roleBindings: [bind('shop', 'r', 'ClusterRole r', account(undefined, 'default'), group('system:serviceaccounts:shop'))],
      },
      findings: [
        {
          resource: subject('Group system:serviceaccounts:shop'),
          key: 'pod-network-proxy@shop',
          message: 'Every pod of shop may connect to pods in shop past their network policies, by RoleBinding shop/r',
        },
      ],
    },
    {
      name: 'the user name of the account',
      sources: within('web', user('system:serviceaccount:shop:default'), rule('get', '', 'secrets')),
      findings: [{ resource: subject('ServiceAccount shop/default'), key: 'secrets-read@web', severity: 'critical' }],
    },
  ],
} satisfies CheckCases;
