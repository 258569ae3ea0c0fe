import { clusterInternalsRead } from '../../../lambda/checks/rbac/cluster-internals-read.ts';
import type { CheckCases } from '../check-cases.ts';
import { bindCluster, clusterRole, everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: clusterInternalsRead,
  pass: [
    { name: 'nodes themselves', sources: everywhere(user('alice'), rule('get,list', '', 'nodes,nodes/status')) },
    { name: 'metrics of something else', sources: everywhere(user('alice'), rule('get', 'metrics.k8s.io', 'nodes,pods')) },
    { name: 'kubelets in a RoleBinding, where they are inert', sources: within('shop', user('alice'), rule('get', '', 'nodes/log,nodes/metrics')) },
    { name: 'addresses in a RoleBinding, where they are inert', sources: within('shop', user('alice'), { verbs: ['get'], nonResourceURLs: ['/metrics'] }) },
    { name: 'health and discovery', sources: everywhere(user('alice'), { verbs: ['get'], nonResourceURLs: ['/healthz', '/livez/*', '/api', '/apis/*', '/version'] }) },
    { name: 'a list of the subresource, which nobody serves', sources: everywhere(user('alice'), rule('list,watch', '', 'nodes/metrics')) },
    { name: 'a literal star', sources: everywhere(user('alice'), rule('get', '', 'nodes/*')) },
  ],
  fail: [
    {
      name: 'logs of the nodes',
      sources: everywhere(user('alice'), rule('get', '', 'nodes/log')),
      findings: [
        { resource: subject('User alice'), key: 'kubelet-read@cluster', message: 'User alice may read logs, metrics or pods of the nodes from their kubelets, by ClusterRoleBinding ops' },
      ],
    },
    {
      name: 'every subresource of that name',
      sources: everywhere(user('alice'), rule('get', '*', '*/metrics')),
      findings: [
        { resource: subject('User alice'), key: 'kubelet-read@cluster' },
      ],
    },
    {
      name: 'metrics of the API server',
      sources: everywhere(user('alice'), { verbs: ['get'], nonResourceURLs: ['/metrics'] }),
      findings: [
        { resource: subject('User alice'), key: 'internals-read@cluster', message: 'User alice may read metrics, profiles or logs of the control plane, by ClusterRoleBinding ops' },
      ],
    },
    {
      name: 'one profile, and every address',
      sources: { clusterRoles: [clusterRole('one', { verbs: ['get'], nonResourceURLs: ['/debug/pprof/heap'] }), clusterRole('all', { verbs: ['get'], nonResourceURLs: ['*'] })], clusterRoleBindings: [bindCluster('one', 'one', user('alice')), bindCluster('all', 'all', user('bob'))] },
      findings: [
        { resource: subject('User alice'), key: 'internals-read@cluster' },
        { resource: subject('User bob'), key: 'internals-read@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
