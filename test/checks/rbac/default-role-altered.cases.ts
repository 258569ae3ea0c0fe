import { defaultRoleAltered } from '../../../lambda/checks/rbac/default-role-altered.ts';
import type { CheckCases } from '../check-cases.ts';
import { clusterRole, rule } from './rbac-objects.ts';

const ROLE = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'system:basic-user' };
const OWN = rule('create', 'authorization.k8s.io', 'selfsubjectaccessreviews,selfsubjectrulesreviews');
const kept = (value: string) => ({ metadata: { name: 'system:basic-user', annotations: { 'rbac.authorization.kubernetes.io/autoupdate': value } }, rules: [OWN] });

export const cases = {
  check: defaultRoleAltered,
  pass: [
    { name: 'as it comes, or less', sources: { clusterRoles: [clusterRole('system:basic-user', OWN)] } },
    { name: 'put right when the API server starts', sources: { clusterRoles: [kept('true')] } },
    { name: 'edit, which is filled from others', sources: { clusterRoles: [clusterRole('edit', rule('*', 'example.com', '*'))] } },
    { name: 'a role that only has a like name', sources: { clusterRoles: [clusterRole('basic-user', rule('*', '*', '*'))] } },
  ],
  fail: [
    {
      name: 'a rule more',
      sources: { clusterRoles: [clusterRole('system:basic-user', OWN, rule('get', '', 'secrets'))] },
      findings: [{ resource: ROLE, key: 'rules', message: 'ClusterRole system:basic-user holds more than Kubernetes gives it: get: secrets', cause: 'ClusterRole system:basic-user: rules' }],
    },
    { name: 'kept as it is', sources: { clusterRoles: [kept('false')] }, findings: [{ resource: ROLE, key: 'autoupdate', severity: 'low' }] },
  ],
  notApplicable: [{ name: 'a version that is not known yet', sources: { clusterRoles: [clusterRole('system:basic-user', rule('get', '', 'secrets'))], kubernetesVersion: '1.37' } }],
} satisfies CheckCases;
