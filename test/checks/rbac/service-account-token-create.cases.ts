import { serviceAccountTokenCreate } from '../../../lambda/checks/rbac/service-account-token-create.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: serviceAccountTokenCreate,
  pass: [
    { name: 'Secrets that it may make and not read', sources: within('shop', user('alice'), rule('create', '', 'secrets')) },
    { name: 'Secrets that it may make, and one that it may read', sources: within('shop', user('alice'), rule('create', '', 'secrets'), rule('get', '', 'secrets', 'mine')) },
    { name: 'Secrets that it may read and change', sources: within('shop', user('alice'), rule('get,update', '', 'secrets')) },
    { name: 'of one account by name', sources: within('shop', user('alice'), rule('create', '', 'serviceaccounts/token', 'robot')) },
    { name: 'accounts without their tokens', sources: within('shop', user('alice'), rule('create', '', 'serviceaccounts')) },
  ],
  fail: [
    {
      name: 'Secrets that it may make and read',
      sources: within('shop', user('alice'), rule('create', '', 'secrets'), rule('list', '', 'secrets')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'service-account-token-by-secret@shop',
          message: 'User alice may make itself a token of any ServiceAccount, and read every Secret, in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'of any account',
      sources: within('shop', user('alice'), rule('create', '', 'serviceaccounts/token')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'service-account-token-create@shop',
          message: 'User alice may make itself a token of any ServiceAccount in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'everywhere, by a wildcard with the subresource',
      sources: everywhere(user('alice'), rule('create', '*', '*/token')),
      findings: [{ resource: subject('User alice'), key: 'service-account-token-create@cluster', severity: 'critical' }],
    },
  ],
} satisfies CheckCases;
