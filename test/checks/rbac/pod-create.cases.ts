import { podCreate } from '../../../lambda/checks/rbac/pod-create.ts';
import type { CheckCases } from '../check-cases.ts';
import { account, everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: podCreate,
  pass: [
    { name: 'custom workloads of another group, or their status', sources: within('shop', user('alice'), rule('create', 'example.com', 'workflows'), rule('patch', 'argoproj.io', 'rollouts/status')) },
    { name: 'a new workflow by a name that a creation has not', sources: within('shop', user('alice'), rule('create', 'argoproj.io', 'workflows', 'nightly')) },
    { name: 'pods that are read or deleted', sources: within('shop', user('alice'), rule('get,list,delete', '', 'pods')) },
    {
      name: 'the scale of controllers',
      sources: within('shop', user('alice'), rule('update,patch', 'apps', 'deployments/scale'), rule('update', '', '*/scale')),
    },
    {
      name: 'controllers in the group of pods, pods in the group of controllers',
      sources: within('shop', user('alice'), rule('create', '', 'deployments'), rule('create', 'apps', 'pods')),
    },
    { name: 'a resource with a literal star', sources: within('shop', user('alice'), rule('create', '', 'pods/*')) },
    { name: 'a create with a name', sources: within('shop', user('alice'), rule('create', '', 'pods', 'web')) },
  ],
  fail: [
    {
      name: 'a controller of custom resources makes the pods',
      sources: within('shop', user('alice'), rule('create', 'argoproj.io', 'workflows')),
      findings: [{ resource: subject('User alice'), key: 'pod-create@shop', cause: 'Role shop/ops: pod-create' }],
    },
    {
      name: 'create of pods',
      sources: within('shop', user('alice'), rule('create', '', 'pods')),
      findings: [
        { resource: subject('User alice'), key: 'pod-create@shop', message: 'User alice may run pods as any ServiceAccount in shop, by RoleBinding shop/ops' },
      ],
    },
    {
      name: 'patch of one Deployment: its template may name any account',
      sources: within('shop', user('alice'), rule('patch', 'apps', 'deployments', 'web')),
      findings: [{ resource: subject('User alice'), key: 'pod-create@shop' }],
    },
    {
      name: 'every verb of a controller group, everywhere',
      sources: everywhere(user('alice'), rule('*', 'batch', '*')),
      findings: [{ resource: subject('User alice'), key: 'pod-create@cluster', severity: 'critical' }],
    },
    {
      name: 'change of pods is contained',
      sources: within('shop', user('alice'), rule('create,update,patch', '', 'pods')),
      findings: [{ resource: subject('User alice'), key: 'pod-create@shop' }],
    },
    {
      name: 'a namespace of the system',
      sources: within('kube-system', account('ci', 'runner'), rule('create', 'batch', 'cronjobs')),
      findings: [{ resource: subject('ServiceAccount ci/runner'), key: 'pod-create@kube-system', severity: 'critical' }],
    },
  ],
} satisfies CheckCases;
