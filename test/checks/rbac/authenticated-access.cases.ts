import { authenticatedAccess } from '../../../lambda/checks/rbac/authenticated-access.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER_ADMIN, account, bindCluster, clusterRole, everywhere, group, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: authenticatedAccess,
  pass: [
    {
      name: "Kubernetes' own roles for everyone",
      sources: {
        clusterRoles: [
          clusterRole('system:basic-user', rule('create', 'authorization.k8s.io', 'selfsubjectaccessreviews,selfsubjectrulesreviews')),
          clusterRole('system:discovery', { verbs: ['get'], nonResourceURLs: ['/api'] }),
        ],
        clusterRoleBindings: [
          bindCluster('system:basic-user', 'system:basic-user', group('system:authenticated')),
          bindCluster('system:discovery', 'system:discovery', group('system:authenticated')),
        ],
      },
    },
    { name: 'a harmless role for everyone', sources: everywhere(group('system:authenticated'), rule('get,list', '', 'pods')) },
    { name: 'a group that people made', sources: everywhere(group('authenticated'), rule('get', '', 'secrets')) },
    {
      name: 'all accounts of one namespace, of which another check speaks',
      sources: everywhere(group('system:serviceaccounts:shop'), rule('get', '', 'secrets')),
    },
  ],
  fail: [
    {
      name: 'everyone reads Secrets of a namespace: one step up',
      sources: within('shop', group('system:authenticated'), rule('get', '', 'secrets')),
      findings: [
        {
          resource: subject('Group system:authenticated'),
          key: 'secrets-read@shop',
          message: 'Everyone who can sign in, every pod included, may read every Secret in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'every account, low becomes medium',
      sources: everywhere(group('system:serviceaccounts'), rule('create', 'rbac.authorization.k8s.io', 'rolebindings')),
      findings: [
        {
          resource: subject('Group system:serviceaccounts'),
          key: 'rbac-write@cluster',
          severity: 'medium',
          message: 'Every pod of the cluster may pass its own rights on to others in every namespace, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'every account is signed in',
      sources: {
        clusterRoles: [CLUSTER_ADMIN],
        clusterRoleBindings: [
          bindCluster('x', 'cluster-admin', group('system:serviceaccounts'), group('system:authenticated'), user('alice'), account('shop', 'default')),
        ],
      },
      findings: [{ resource: subject('Group system:authenticated'), key: 'cluster-admin@cluster' }],
    },
  ],
} satisfies CheckCases;
