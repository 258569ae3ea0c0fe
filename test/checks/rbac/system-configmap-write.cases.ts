import { systemConfigmapWrite } from '../../../lambda/checks/rbac/system-configmap-write.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: systemConfigmapWrite,
  pass: [
    { name: 'ConfigMaps of another namespace', sources: within('shop', user('alice'), rule('*', '', 'configmaps')) },
    { name: 'others in kube-system', sources: within('kube-system', user('alice'), rule('update', '', 'configmaps', 'my-config,aws-auth')) },
    { name: 'a creation: they are there already', sources: within('kube-system', user('alice'), rule('create', '', 'configmaps')) },
    { name: 'the name elsewhere', sources: within('shop', user('alice'), rule('update', '', 'configmaps', 'coredns,argocd-cm')) },
  ],
  fail: [
    {
      name: 'cluster DNS by name',
      sources: within('kube-system', user('alice'), rule('patch', '', 'configmaps', 'coredns')),
      findings: [
        { resource: subject('User alice'), key: 'system-config-write@kube-system', message: 'User alice may change the configuration of cluster DNS, the network or deployments in kube-system, by RoleBinding kube-system/ops' },
      ],
    },
    {
      name: 'every ConfigMap of Argo CD',
      sources: within('argocd', user('alice'), rule('update', '', 'configmaps')),
      findings: [
        { resource: subject('User alice'), key: 'system-config-write@argocd' },
      ],
    },
    {
      name: 'everywhere',
      sources: everywhere(user('alice'), rule('update', '', 'configmaps')),
      findings: [
        { resource: subject('User alice'), key: 'system-config-write@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
