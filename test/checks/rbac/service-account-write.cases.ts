import { serviceAccountWrite } from '../../../lambda/checks/rbac/service-account-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: serviceAccountWrite,
  pass: [
    { name: 'one account by name, and a creation that has none', sources: within('shop', user('alice'), rule('create,patch', '', 'serviceaccounts', 'web')) },
    { name: 'tokens, which are another right', sources: within('shop', user('alice'), rule('create', '', 'serviceaccounts/token')) },
    { name: 'reading and deleting', sources: everywhere(user('alice'), rule('get,list,delete', '', 'serviceaccounts')) },
    { name: 'of another API group', sources: everywhere(user('alice'), rule('create', 'authentication.k8s.io', 'serviceaccounts')) },
  ],
  fail: [
    {
      name: 'in a namespace',
      sources: within('shop', user('alice'), rule('create', '', 'serviceaccounts')),
      findings: [
        { resource: subject('User alice'), key: 'service-account-write@shop', message: 'User alice may give IAM roles and registry credentials to ServiceAccounts, or create these, in shop, by RoleBinding shop/ops' },
      ],
    },
    {
      name: 'everywhere',
      sources: everywhere(user('alice'), rule('patch', '', 'serviceaccounts')),
      findings: [
        { resource: subject('User alice'), key: 'service-account-write@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
