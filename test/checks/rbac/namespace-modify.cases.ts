import { namespaceModify } from '../../../lambda/checks/rbac/namespace-modify.ts';
import type { CheckCases } from '../check-cases.ts';
import { bind, clusterRole, everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: namespaceModify,
  pass: [
    { name: 'create of namespaces', sources: everywhere(user('alice'), rule('create,get,list', '', 'namespaces')) },
    { name: 'another namespace by name', sources: within('shop', user('alice'), rule('update', '', 'namespaces', 'web')) },
    { name: 'a namespace without a name', sources: everywhere(user('alice'), rule('update', '', 'namespaces', '')) },
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
      name: 'its own namespace by name, through a ClusterRole',
      sources: {
        clusterRoles: [clusterRole('shopkeeper', rule('patch', '', 'namespaces', 'shop'))],
        roleBindings: [bind('shop', 'a', 'ClusterRole shopkeeper', user('alice')), bind('web', 'b', 'ClusterRole shopkeeper', user('alice'))],
      },
      findings: [{ resource: subject('User alice'), key: 'namespace-modify@shop' }],
    },
    {
      name: 'two namespaces by name, from a ClusterRoleBinding',
      sources: everywhere(user('alice'), rule('patch', '', 'namespaces', 'shop,web')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'namespace-modify@shop',
          message: 'User alice may switch off pod security in shop, by ClusterRoleBinding ops',
        },
        { resource: subject('User alice'), key: 'namespace-modify@web' },
      ],
    },
    {
      name: 'more namespaces by name than anybody would list',
      sources: everywhere(user('alice'), rule('patch', '', 'namespaces', Array.from({ length: 101 }, (_, i) => `ns-${i}`).join(','))),
      findings: [{ resource: subject('User alice'), key: 'namespace-modify@cluster' }],
    },
    {
      name: 'every namespace',
      sources: everywhere(user('alice'), rule('update', '', 'namespaces')),
      findings: [{ resource: subject('User alice'), key: 'namespace-modify@cluster' }],
    },
  ],
} satisfies CheckCases;
