import { nodesProxy } from '../../../lambda/checks/rbac/nodes-proxy.ts';
import type { CheckCases } from '../check-cases.ts';
import { bindCluster, clusterRole, everywhere, group, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: nodesProxy,
  pass: [
    { name: 'nodes without their proxy', sources: everywhere(user('alice'), rule('get,list,watch', '', 'nodes,nodes/metrics,nodes/stats,nodes/log')) },
    { name: 'inert in a RoleBinding', sources: within('shop', user('alice'), rule('get,create', '', 'nodes/proxy')) },
    {
      name: "Kubernetes' own role, bound to nobody",
      sources: { clusterRoles: [clusterRole('system:kubelet-api-admin', rule('*', '', 'nodes/log,nodes/metrics,nodes/proxy,nodes/stats'))] },
    },
  ],
  fail: [
    {
      name: 'get alone',
      sources: everywhere(user('alice'), rule('get', '', 'nodes/proxy')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'nodes-proxy@cluster',
          message: 'User alice may run commands in every pod through the kubelets, unseen by the audit log, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'one node by name, and the resource by a wildcard',
      sources: everywhere(group('monitoring'), rule('create', '', '*/proxy', 'node-a')),
      findings: [{ resource: subject('Group monitoring'), key: 'nodes-proxy@cluster' }],
    },
    {
      name: "Kubernetes' own role, bound to somebody",
      sources: {
        clusterRoles: [clusterRole('system:kubelet-api-admin', rule('*', '', 'nodes/proxy'))],
        clusterRoleBindings: [bindCluster('k', 'system:kubelet-api-admin', group('ops'))],
      },
      findings: [{ resource: subject('Group ops'), key: 'nodes-proxy@cluster', cause: 'ClusterRole system:kubelet-api-admin: nodes-proxy' }],
    },
  ],
} satisfies CheckCases;
