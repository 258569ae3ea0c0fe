import { systemMastersBinding } from '../../../lambda/checks/rbac/system-masters-binding.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER_ADMIN, bind, bindCluster, clusterRole, group, rule, subject, user } from './rbac-objects.ts';

export const cases = {
  check: systemMastersBinding,
  pass: [
    {
      name: "Kubernetes' own",
      sources: {
        clusterRoles: [CLUSTER_ADMIN, clusterRole('reader', rule('get', '', 'configmaps'))],
        clusterRoleBindings: [bindCluster('cluster-admin', 'cluster-admin', group('system:masters'))],
      },
    },
    {
      name: 'a user of that name',
      sources: {
        clusterRoles: [CLUSTER_ADMIN, clusterRole('reader', rule('get', '', 'configmaps'))],
        clusterRoleBindings: [bindCluster('x', 'cluster-admin', user('system:masters'))],
      },
    },
    { name: 'a role that does not exist', sources: { clusterRoleBindings: [bindCluster('x', 'gone', group('system:masters'))] } },
  ],
  fail: [
    {
      name: 'another binding to cluster-admin',
      sources: {
        clusterRoles: [CLUSTER_ADMIN, clusterRole('reader', rule('get', '', 'configmaps'))],
        clusterRoleBindings: [bindCluster('masters', 'cluster-admin', group('system:masters'))],
      },
      findings: [
        {
          resource: subject('Group system:masters'),
          key: 'system-masters@cluster',
          message: 'Group system:masters holds what ClusterRole cluster-admin gives in every namespace, by ClusterRoleBinding masters',
          cause: 'ClusterRole cluster-admin: system-masters',
        },
      ],
    },
    {
      name: 'a harmless role in a namespace shows it as well',
      sources: {
        clusterRoles: [CLUSTER_ADMIN, clusterRole('reader', rule('get', '', 'configmaps'))],
        roleBindings: [bind('shop', 'm', 'ClusterRole reader', group('system:masters'))],
      },
      findings: [{ resource: subject('Group system:masters'), key: 'system-masters@shop' }],
    },
  ],
} satisfies CheckCases;
