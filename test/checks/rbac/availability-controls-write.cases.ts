import { availabilityControlsWrite } from '../../../lambda/checks/rbac/availability-controls-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: availabilityControlsWrite,
  pass: [
    { name: 'leases of another namespace, and its own by name', sources: within('shop', user('alice'), rule('update', 'coordination.k8s.io', 'leases')) },
    { name: 'its own lease in kube-system, and new ones', sources: within('kube-system', user('alice'), rule('update', 'coordination.k8s.io', 'leases', 'mine'), rule('create', 'coordination.k8s.io', 'leases')) },
    { name: 'classes in a RoleBinding, where they are inert', sources: within('shop', user('alice'), rule('create', 'scheduling.k8s.io', 'priorityclasses'), rule('patch', 'flowcontrol.apiserver.k8s.io', 'flowschemas')) },
    { name: 'status of quotas', sources: within('shop', user('alice'), rule('update', '', 'resourcequotas/status')) },
    { name: 'budgets of a group that has none', sources: within('shop', user('alice'), rule('create', 'apps', 'poddisruptionbudgets')) },
  ],
  fail: [
    {
      name: 'quotas in a namespace',
      sources: within('shop', user('alice'), rule('delete', '', 'resourcequotas')),
      findings: [
        { resource: subject('User alice'), key: 'limits-write@shop', severity: 'low', message: 'User alice may change quotas, limits, budgets or priorities in shop, by RoleBinding shop/ops' },
      ],
    },
    {
      name: 'priorities',
      sources: everywhere(user('alice'), rule('create', 'scheduling.k8s.io', 'priorityclasses')),
      findings: [
        { resource: subject('User alice'), key: 'limits-write@cluster', severity: 'low' },
      ],
    },
    {
      name: 'flow control',
      sources: everywhere(user('alice'), rule('patch', 'flowcontrol.apiserver.k8s.io', 'prioritylevelconfigurations')),
      findings: [
        { resource: subject('User alice'), key: 'flow-control-write@cluster', message: 'User alice may decide whose requests the API server answers first, or not at all, by ClusterRoleBinding ops' },
      ],
    },
    {
      name: 'leases of controllers and of nodes',
      sources: { ...within('kube-system', user('alice'), rule('update', 'coordination.k8s.io', 'leases')), ...everywhere(user('bob'), rule('patch', 'coordination.k8s.io', 'leases')) },
      findings: [
        { resource: subject('User alice'), key: 'lease-write@kube-system', severity: 'low' },
        { resource: subject('User bob'), key: 'lease-write@cluster', severity: 'low' },
      ],
    },
    {
      name: 'the heartbeats alone',
      sources: within('kube-node-lease', user('alice'), rule('patch', 'coordination.k8s.io', 'leases')),
      findings: [
        { resource: subject('User alice'), key: 'lease-write@kube-node-lease', severity: 'low' },
      ],
    },
  ],
} satisfies CheckCases;
