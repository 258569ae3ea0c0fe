import { rbacWrite } from '../../../lambda/checks/rbac/rbac-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: rbacWrite,
  pass: [
    { name: 'reading roles', sources: everywhere(user('alice'), rule('get,list', 'rbac.authorization.k8s.io', 'roles,clusterroles')) },
    {
      name: 'a write of ClusterRoles is inert in a RoleBinding',
      sources: within('shop', user('alice'), rule('create', 'rbac.authorization.k8s.io', 'clusterroles,clusterrolebindings')),
    },
    { name: 'a write of another group', sources: everywhere(user('alice'), rule('create', 'authorization.openshift.io', 'rolebindings')) },
  ],
  fail: [
    {
      name: 'bindings in a namespace',
      sources: within('shop', user('alice'), rule('create', 'rbac.authorization.k8s.io', 'rolebindings')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'rbac-write@shop',
          message: 'User alice may pass its own rights on to others in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'ClusterRoles',
      sources: everywhere(user('alice'), rule('patch', 'rbac.authorization.k8s.io', 'clusterroles')),
      findings: [{ resource: subject('User alice'), key: 'rbac-write@cluster' }],
    },
  ],
} satisfies CheckCases;
