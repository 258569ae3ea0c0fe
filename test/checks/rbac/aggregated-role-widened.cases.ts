import { aggregatedRoleWidened } from '../../../lambda/checks/rbac/aggregated-role-widened.ts';
import type { CheckCases } from '../check-cases.ts';
import { clusterRole, rule } from './rbac-objects.ts';

export const cases = {
  check: aggregatedRoleWidened,
  pass: [
    {
      name: 'a harmless addition',
      sources: {
        clusterRoles: [
          {
            metadata: { name: 'crd-view', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
            rules: [rule('get,list', 'example.com', 'widgets')],
          },
        ],
      },
    },
    {
      name: 'without the label, or with another value',
      sources: {
        clusterRoles: [
          clusterRole('ops', rule('get', '', 'secrets')),
          { metadata: { name: 'off', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'false' } }, rules: [rule('get', '', 'secrets')] },
        ],
      },
    },
    {
      name: 'what editors have anyway',
      sources: {
        clusterRoles: [
          {
            metadata: { name: 'more', labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' } },
            rules: [rule('get', '', 'secrets'), rule('create', '', 'pods')],
          },
        ],
      },
    },
    {
      name: "Kubernetes' own",
      sources: {
        clusterRoles: [
          {
            metadata: { name: 'system:aggregate-to-edit', labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' } },
            rules: [rule('impersonate', '', 'serviceaccounts'), rule('create,delete,deletecollection,patch,update', '', 'secrets')],
          },
        ],
      },
    },
  ],
  fail: [
    {
      name: 'Secrets in view',
      sources: {
        clusterRoles: [
          {
            metadata: { name: 'reports', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
            rules: [rule('get,list', '', 'secrets'), rule('get', '', 'pods')],
          },
        ],
      },
      findings: [
        {
          resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'reports' },
          key: 'view/secrets-read',
          message: 'Whoever holds view may read every Secret where it is bound, through ClusterRole reports',
          cause: 'ClusterRole reports: secrets-read',
        },
      ],
    },
    {
      name: 'escalation in admin',
      sources: {
        clusterRoles: [
          {
            metadata: { name: 'more', labels: { 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' } },
            rules: [rule('bind', 'rbac.authorization.k8s.io', 'clusterroles'), rule('create', 'rbac.authorization.k8s.io', 'rolebindings')],
          },
        ],
      },
      findings: [{ resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'more' }, key: 'admin/rbac-escalation' }],
    },
    {
      name: "the name of Kubernetes' own with another rule",
      sources: {
        clusterRoles: [
          {
            metadata: { name: 'system:aggregate-to-view', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
            rules: [rule('list', '', 'secrets')],
          },
        ],
      },
      findings: [{ resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'system:aggregate-to-view' }, key: 'view/secrets-read' }],
    },
  ],
} satisfies CheckCases;
