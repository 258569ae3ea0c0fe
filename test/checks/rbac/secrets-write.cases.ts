import { secretsWrite } from '../../../lambda/checks/rbac/secrets-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: secretsWrite,
  pass: [
    { name: 'a named Secret', sources: within('shop', user('alice'), rule('update,patch', '', 'secrets', 'shop-db')) },
    { name: 'a create that names the Secret never fits', sources: within('shop', user('alice'), rule('create', '', 'secrets', 'shop-db')) },
    { name: 'reading', sources: within('shop', user('alice'), rule('get,list,watch', '', 'secrets')) },
  ],
  fail: [
    {
      name: 'create in a namespace',
      sources: within('shop', user('alice'), rule('create', '', 'secrets')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'secrets-write@shop',
          severity: 'medium',
          message: 'User alice may create or change Secrets in shop, by RoleBinding shop/ops',
          cause: 'Role shop/ops: secrets-write',
        },
      ],
    },
    {
      name: 'patch everywhere, by a wildcard of groups',
      sources: everywhere(user('alice'), rule('patch', '*', 'secrets')),
      findings: [{ resource: subject('User alice'), key: 'secrets-write@cluster' }],
    },
  ],
} satisfies CheckCases;
