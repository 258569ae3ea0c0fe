import { nodeModify } from '../../../lambda/checks/rbac/node-modify.ts';
import type { CheckCases } from '../check-cases.ts';
import { account, bindCluster, clusterRole, everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: nodeModify,
  pass: [
    { name: 'reading', sources: everywhere(user('alice'), rule('get,list', '', 'nodes')) },
    { name: 'inert in a RoleBinding', sources: within('kube-system', user('alice'), rule('patch', '', 'nodes')) },
    {
      name: 'the node role of EKS',
      sources: {
        clusterRoles: [clusterRole('eks:node-manager', rule('get,list,watch,patch', '', 'nodes'))],
        clusterRoleBindings: [bindCluster('eks:node-manager', 'eks:node-manager', user('eks:node-manager'))],
      },
    },
  ],
  fail: [
    {
      name: 'patch',
      sources: everywhere(account('tools', 'labeler'), rule('patch', '', 'nodes')),
      findings: [
        {
          resource: subject('ServiceAccount tools/labeler'),
          key: 'node-modify@cluster',
          message: 'ServiceAccount tools/labeler may change nodes and so draw pods to a node of its choice, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'their status',
      sources: everywhere(user('alice'), rule('update', '', 'nodes/status')),
      findings: [{ resource: subject('User alice'), key: 'node-modify@cluster' }],
    },
  ],
} satisfies CheckCases;
