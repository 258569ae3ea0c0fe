import { podExec } from '../../../lambda/checks/rbac/pod-exec.ts';
import type { CheckCases } from '../check-cases.ts';
import { bind, everywhere, role, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: podExec,
  pass: [
    { name: 'get alone, since 1.35', sources: { ...within('shop', user('alice'), rule('get', '', 'pods/exec')), kubernetesVersion: '1.35' } },
    { name: 'pods without their subresources', sources: { ...within('shop', user('alice'), rule('get,list,delete', '', 'pods')), kubernetesVersion: '1.34' } },
    {
      name: 'logs, and a resource with a literal star',
      sources: { ...within('shop', user('alice'), rule('get,create', '', 'pods/log,pods/*')), kubernetesVersion: '1.34' },
    },
    { name: 'exec of something else', sources: everywhere(user('alice'), rule('create', 'example.com', 'pods/exec')) },
  ],
  fail: [
    {
      name: 'create on exec',
      sources: within('shop', user('alice'), rule('create', '', 'pods/exec')),
      findings: [
        {
          resource: subject('User alice'),
          key: 'pod-exec@shop',
          message: 'User alice may run commands in the pods in shop, by RoleBinding shop/ops',
          cause: 'Role shop/ops: pod-exec',
        },
      ],
    },
    {
      name: 'attach, a debug container, a wildcard with the subresource',
      sources: {
        roles: [
          role('a', 'r', rule('create', '', 'pods/attach')),
          role('b', 'r', rule('patch', '', 'pods/ephemeralcontainers')),
          role('c', 'r', rule('create', '*', '*/exec')),
        ],
        roleBindings: ['a', 'b', 'c'].map((namespace) => bind(namespace, 'r', 'Role r', user('alice'))),
      },
      findings: [
        { resource: subject('User alice'), key: 'pod-exec@a' },
        { resource: subject('User alice'), key: 'pod-exec@b' },
        { resource: subject('User alice'), key: 'pod-exec@c' },
      ],
    },
    {
      name: 'one named pod is a pod',
      sources: within('shop', user('alice'), rule('create', '', 'pods/exec', 'db-0')),
      findings: [{ resource: subject('User alice'), key: 'pod-exec@shop' }],
    },
    {
      name: 'get alone, before 1.35',
      sources: { ...everywhere(user('alice'), rule('get,list', '', 'pods/exec')), kubernetesVersion: '1.34' },
      findings: [
        {
          resource: subject('User alice'),
          key: 'pod-exec-by-get@cluster',
          message: 'User alice may run commands in the pods in every namespace by a right that looks like reading, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'get and create are one',
      sources: { ...everywhere(user('alice'), rule('get,create', '', 'pods/exec')), kubernetesVersion: '1.34' },
      findings: [{ resource: subject('User alice'), key: 'pod-exec@cluster' }],
    },
  ],
} satisfies CheckCases;
