import { serviceAccountTokenCreate } from '../../../lambda/checks/rbac/service-account-token-create.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: serviceAccountTokenCreate,
  pass: [
    { name: 'of one account by name', sources: within('shop', user('alice'), rule('create', '', 'serviceaccounts/token', 'robot')) },
    { name: 'accounts without their tokens', sources: within('shop', user('alice'), rule('create', '', 'serviceaccounts')) },
  ],
  fail: [
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
