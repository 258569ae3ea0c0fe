import { impersonation } from '../../../lambda/checks/rbac/impersonation.ts';
import type { CheckCases } from '../check-cases.ts';
import { bind, bindCluster, clusterRole, everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: impersonation,
  pass: [
    { name: 'users in a RoleBinding are inert', sources: within('shop', user('alice'), rule('impersonate', '', 'users,groups')) },
    { name: 'one user by name', sources: everywhere(user('alice'), rule('impersonate', '', 'users', 'robot')) },
    {
      name: 'another group of users by name',
      sources: everywhere(user('alice'), rule('impersonate', '', 'users', 'robot'), rule('impersonate', '', 'groups', 'devs')),
    },
    { name: 'the constrained verb is another verb', sources: everywhere(user('alice'), rule('impersonate:user-info', '', 'users')) },
    { name: 'extra fields alone', sources: everywhere(user('alice'), rule('impersonate', 'authentication.k8s.io', 'userextras/scopes,uids')) },
  ],
  fail: [
    {
      name: 'users',
      sources: everywhere(user('alice'), rule('impersonate', '', 'users')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'impersonation@cluster',
          severity: 'critical',
          message: 'User alice may act as any user, administrators included, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'system:masters with somebody to be',
      sources: everywhere(user('alice'), rule('impersonate', '', 'users', 'robot'), rule('impersonate', '', 'groups', 'system:masters')),
      findings: [{ resource: subject('User alice'), key: 'impersonation@cluster', severity: 'critical' }],
    },
    {
      name: 'system:masters cluster-wide with an account of one namespace to be',
      sources: {
        clusterRoles: [clusterRole('masters', rule('impersonate', '', 'groups', 'system:masters')), clusterRole('robot', rule('impersonate', '', 'serviceaccounts', 'robot'))],
        clusterRoleBindings: [bindCluster('a', 'masters', user('alice'))],
        roleBindings: [bind('shop', 'b', 'ClusterRole robot', user('alice'))],
      },
      findings: [
        {
          resource: subject('User alice'),
          key: 'impersonation@cluster',
          severity: 'critical',
          message: 'User alice may act as any user, administrators included, by ClusterRoleBinding a and 1 more',
          cause: 'ClusterRole masters + ClusterRole robot: impersonation',
        },
      ],
    },
    {
      name: 'the accounts of a namespace',
      sources: within('shop', user('alice'), rule('impersonate', '', 'serviceaccounts')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'service-account-impersonation@shop',
          message: 'User alice may act as any ServiceAccount in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'users contain accounts',
      sources: everywhere(user('alice'), rule('impersonate', '', 'users,groups,serviceaccounts')),
      findings: [{ resource: subject('User alice'), key: 'impersonation@cluster', severity: 'critical' }],
    },
  ],
} satisfies CheckCases;
