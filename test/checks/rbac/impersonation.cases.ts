import { impersonation } from '../../../lambda/checks/rbac/impersonation.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

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
