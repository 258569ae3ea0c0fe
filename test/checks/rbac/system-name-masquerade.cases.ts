import { systemNameMasquerade } from '../../../lambda/checks/rbac/system-name-masquerade.ts';
import type { CheckCases } from '../check-cases.ts';
import { bind, bindCluster, clusterRole, rule, user } from './rbac-objects.ts';

const API = 'rbac.authorization.k8s.io/v1';

export const cases = {
  check: systemNameMasquerade,
  pass: [
    { name: 'a role of Kubernetes, and the binding of it', sources: { clusterRoles: [clusterRole('system:basic-user')], clusterRoleBindings: [bindCluster('system:basic-user', 'system:basic-user', user('alice'))] } },
    { name: 'a name of its own', sources: { clusterRoles: [clusterRole('my-system:role', rule('get', '', 'pods'))] } },
  ],
  fail: [
    {
      name: 'a role and a binding that nobody makes',
      sources: { clusterRoles: [clusterRole('system:log-helper')], roleBindings: [bind('kube-system', 'system:log-helper', 'ClusterRole view', user('alice'))] },
      findings: [
        { resource: { apiVersion: API, kind: 'ClusterRole', name: 'system:log-helper' }, key: 'name', message: 'ClusterRole system:log-helper is no part of Kubernetes, of EKS or of a known add-on' },
        { resource: { apiVersion: API, kind: 'RoleBinding', namespace: 'kube-system', name: 'system:log-helper' }, key: 'name' },
      ],
    },
  ],
  notApplicable: [{ name: 'a version that is not known yet', sources: { clusterRoles: [clusterRole('system:log-helper')], kubernetesVersion: '1.37' } }],
} satisfies CheckCases;
