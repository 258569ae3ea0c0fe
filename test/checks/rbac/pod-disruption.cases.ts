import { podDisruption } from '../../../lambda/checks/rbac/pod-disruption.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: podDisruption,
  pass: [
    { name: 'one pod by name', sources: within('shop', user('alice'), rule('delete', '', 'pods', 'web-0'), rule('create', '', 'pods/eviction,pods/binding', 'web-0'), rule('patch', '', 'pods/status', 'web-0')) },
    { name: 'nodes in a RoleBinding, where they are inert', sources: within('shop', user('alice'), rule('delete', '', 'nodes')) },
    { name: 'evictions of another API group', sources: everywhere(user('alice'), rule('create', 'policy', 'pods/eviction')) },
    { name: 'a deletecollection by names that it has not', sources: within('shop', user('alice'), rule('deletecollection', '', 'pods', 'web-0')) },
    { name: 'what reads only', sources: everywhere(user('alice'), rule('get,list,watch', '', 'pods,pods/status,pods/log')) },
  ],
  fail: [
    {
      name: 'deletion in a namespace',
      sources: within('shop', user('alice'), rule('delete', '', 'pods')),
      findings: [
        { resource: subject('User alice'), key: 'pod-removal@shop', message: 'User alice may stop every pod in shop, by RoleBinding shop/ops', cause: 'Role shop/ops: pod-removal' },
      ],
    },
    {
      name: 'eviction everywhere',
      sources: everywhere(user('alice'), rule('create', '', 'pods/eviction')),
      findings: [
        { resource: subject('User alice'), key: 'pod-removal@cluster' },
      ],
    },
    {
      name: 'nodes',
      sources: everywhere(user('alice'), rule('delete', '', 'nodes')),
      findings: [
        { resource: subject('User alice'), key: 'node-removal@cluster', message: 'User alice may delete nodes with what runs on them, by ClusterRoleBinding ops' },
      ],
    },
    {
      name: 'binding by either resource',
      sources: { ...within('shop', user('alice'), rule('create', '', 'bindings')), ...everywhere(user('bob'), rule('create', '', 'pods/binding')) },
      findings: [
        { resource: subject('User alice'), key: 'pod-binding@shop' },
        { resource: subject('User bob'), key: 'pod-binding@cluster' },
      ],
    },
    {
      name: 'status',
      sources: within('shop', user('alice'), rule('patch', '', 'pods/status')),
      findings: [
        { resource: subject('User alice'), key: 'pod-status-write@shop', severity: 'low' },
      ],
    },
  ],
} satisfies CheckCases;
