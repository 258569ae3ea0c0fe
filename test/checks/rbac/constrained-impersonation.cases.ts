import { constrainedImpersonation } from '../../../lambda/checks/rbac/constrained-impersonation.ts';
import type { CheckCases } from '../check-cases.ts';
import { bind, bindCluster, clusterRole, everywhere, role, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: constrainedImpersonation,
  pass: [
    { name: 'the identity without anything to do as it', sources: { ...everywhere(user('alice'), rule('impersonate:user-info', 'authentication.k8s.io', 'users')), kubernetesVersion: '1.36' } },
    { name: 'something to do without the identity', sources: { ...everywhere(user('alice'), rule('impersonate-on:user-info:list', '', 'configmaps')), kubernetesVersion: '1.36' } },
    { name: 'two modes that do not belong together', sources: { ...everywhere(user('alice'), rule('impersonate:user-info', 'authentication.k8s.io', 'users'), rule('impersonate-on:serviceaccount:list', '', 'configmaps')), kubernetesVersion: '1.36' } },
    { name: 'one named user', sources: { ...everywhere(user('alice'), rule('impersonate:user-info', 'authentication.k8s.io', 'users', 'alice'), rule('impersonate-on:user-info:list', '', 'configmaps')), kubernetesVersion: '1.36' } },
    { name: 'members of system:masters, whom nobody may be so', sources: { ...everywhere(user('alice'), rule('impersonate:user-info', 'authentication.k8s.io', 'groups', 'system:masters'), rule('impersonate:user-info', 'authentication.k8s.io', 'users', 'alice'), rule('impersonate-on:user-info:list,impersonate-on:user-info:create', '*', '*')), kubernetesVersion: '1.36' } },
    { name: 'users of another API group', sources: { ...everywhere(user('alice'), rule('impersonate:user-info', '', 'users'), rule('impersonate-on:user-info:list', '', 'configmaps')), kubernetesVersion: '1.36' } },
    { name: 'users in a RoleBinding, where they are inert', sources: { ...within('shop', user('alice'), rule('impersonate:user-info', 'authentication.k8s.io', 'users'), rule('impersonate-on:user-info:list', '', 'configmaps')), kubernetesVersion: '1.36' } },
    { name: 'a verb that only begins alike', sources: { ...everywhere(user('alice'), rule('impersonate:user', 'authentication.k8s.io', 'users'), rule('impersonate-on:user-info:list', '', 'configmaps')), kubernetesVersion: '1.36' } },
  ],
  fail: [
    {
      name: 'users, for one verb',
      sources: { ...everywhere(user('alice'), rule('impersonate:user-info', 'authentication.k8s.io', 'users'), rule('impersonate-on:user-info:list', '', 'configmaps')), kubernetesVersion: '1.36' },
      findings: [
        { resource: subject('User alice'), key: 'constrained-impersonation@cluster', message: 'User alice may act as other identities in some requests in every namespace, by ClusterRoleBinding ops', cause: 'ClusterRole ops: constrained-impersonation' },
      ],
    },
    {
      name: 'accounts of a namespace, for every verb of something',
      sources: { ...within('shop', user('alice'), rule('impersonate:serviceaccount', 'authentication.k8s.io', 'serviceaccounts'), rule('*', 'apps', 'deployments')), kubernetesVersion: '1.37' },
      findings: [
        { resource: subject('User alice'), key: 'constrained-impersonation@shop' },
      ],
    },
    {
      name: 'accounts of one namespace, for requests in another',
      sources: {
        roles: [role('shop', 'who', rule('impersonate:serviceaccount', 'authentication.k8s.io', 'serviceaccounts')), role('web', 'what', rule('impersonate-on:serviceaccount:get', '', 'pods'))],
        roleBindings: [bind('shop', 'who', 'Role who', user('alice')), bind('web', 'what', 'Role what', user('alice'))],
        kubernetesVersion: '1.36',
      },
      findings: [{ resource: subject('User alice'), key: 'constrained-impersonation@web', message: 'User alice may act as other identities in some requests in web, by RoleBinding shop/who and 1 more', cause: 'Role shop/who + Role web/what: constrained-impersonation' }],
    },
    {
      name: 'accounts of one namespace, for requests everywhere',
      sources: {
        roles: [role('shop', 'who', rule('impersonate:serviceaccount', 'authentication.k8s.io', 'serviceaccounts'))],
        roleBindings: [bind('shop', 'who', 'Role who', user('alice'))],
        clusterRoles: [clusterRole('what', rule('impersonate-on:serviceaccount:get', '', 'pods'))],
        clusterRoleBindings: [bindCluster('what', 'what', user('alice'))],
        kubernetesVersion: '1.36',
      },
      findings: [{ resource: subject('User alice'), key: 'constrained-impersonation@cluster' }],
    },
    {
      name: 'nodes: any, or its own, which is asked for as a star',
      sources: { ...{ clusterRoles: [clusterRole('any', rule('impersonate:arbitrary-node', 'authentication.k8s.io', 'nodes'), rule('impersonate-on:arbitrary-node:get', '', 'pods')), clusterRole('own', rule('impersonate:associated-node', 'authentication.k8s.io', 'nodes', '*'), rule('impersonate-on:associated-node:get', '', 'pods'))], clusterRoleBindings: [bindCluster('any', 'any', user('alice')), bindCluster('own', 'own', user('bob'))] }, kubernetesVersion: '1.36' },
      findings: [
        { resource: subject('User alice'), key: 'constrained-impersonation@cluster' },
        { resource: subject('User bob'), key: 'constrained-impersonation@cluster' },
      ],
    },
  ],
  notApplicable: [
    { name: 'before 1.36', sources: { ...everywhere(user('alice'), rule('impersonate:user-info', 'authentication.k8s.io', 'users'), rule('impersonate-on:user-info:list', '', 'configmaps')), kubernetesVersion: '1.35' } },
  ],
} satisfies CheckCases;
