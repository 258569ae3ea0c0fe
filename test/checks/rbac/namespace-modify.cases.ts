import { namespaceModify } from '../../../lambda/checks/rbac/namespace-modify.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: namespaceModify,
  pass: [
    { name: 'create of namespaces', sources: everywhere(user('alice'), rule('create,get,list', '', 'namespaces')) },
    { name: 'another namespace by name', sources: within('shop', user('alice'), rule('update', '', 'namespaces', 'web')) },
  ],
  fail: [
    {
      name: 'its own namespace through a RoleBinding',
      sources: within('shop', user('alice'), rule('patch', '', 'namespaces')),
      findings: [
        { resource: subject('User alice'), key: 'namespace-modify@shop', message: 'User alice may switch off pod security in shop, by RoleBinding shop/ops' },
      ],
    },
    {
      name: 'its own namespace by name',
      sources: within('shop', user('alice'), rule('update', '', 'namespaces', 'shop')),
      findings: [{ resource: subject('User alice'), key: 'namespace-modify@shop' }],
    },
    {
      name: 'every namespace',
      sources: everywhere(user('alice'), rule('update', '', 'namespaces')),
      findings: [{ resource: subject('User alice'), key: 'namespace-modify@cluster' }],
    },
  ],
} satisfies CheckCases;
