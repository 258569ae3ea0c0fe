import { clusterAdminBinding } from '../../../lambda/checks/rbac/cluster-admin-binding.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, clusterRole, everywhere, group, role, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: clusterAdminBinding,
  pass: [
    {
      name: "Kubernetes' own binding of system:masters",
      sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('cluster-admin', 'cluster-admin', group('system:masters'))] },
    },
    {
      name: "EKS's own binding of its add-on manager",
      sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager'))] },
    },
    { name: 'a binding that names nobody', sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('ops', 'cluster-admin')] } },
    {
      name: 'an account without a namespace in a ClusterRoleBinding matches nobody',
      sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('ops', 'cluster-admin', account(undefined, 'web'))] },
    },
    { name: 'everything, but of one API group', sources: everywhere(user('alice'), rule('*', 'apps', '*')) },
    { name: 'everything, but of one name', sources: everywhere(user('alice'), rule('*', '*', '*', 'one')) },
    {
      name: 'a ClusterRoleBinding to a Role is not followed',
      sources: {
        roles: [role('shop', 'ops', rule('*', '*', '*'))],
        clusterRoleBindings: [{ ...bindCluster('ops', 'ops', user('alice')), roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'ops' } }],
      },
    },
    {
      name: 'the default account, of which another check speaks',
      sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('ops', 'cluster-admin', account('shop', 'default'))] },
    },
    {
      name: 'a role of the other namespace by that name',
      sources: { roles: [role('web', 'ops', rule('*', '*', '*'))], roleBindings: [bind('shop', 'ops', 'Role ops', user('alice'))] },
    },
    { name: 'verbs are case-sensitive and slashes literal', sources: everywhere(user('alice'), rule('*', '*', '*/*'), rule('ALL', '*', '*')) },
  ],
  fail: [
    {
      name: 'a user is bound to cluster-admin',
      sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('ops', 'cluster-admin', user('alice'))] },
      findings: [
        {
          resource: subject('User alice'),
          key: 'cluster-admin@cluster',
          message: 'User alice is cluster-admin, by ClusterRoleBinding ops',
          cause: 'ClusterRole cluster-admin: cluster-admin',
        },
      ],
    },
    {
      name: "one more subject in Kubernetes' own binding",
      sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('cluster-admin', 'cluster-admin', group('system:masters'), group('devs'))] },
      findings: [{ resource: subject('Group devs'), key: 'cluster-admin@cluster' }],
    },
    {
      name: "the name of EKS's binding with another subject, the prefix of EKS with the right one",
      sources: {
        clusterRoles: [CLUSTER_ADMIN],
        clusterRoleBindings: [
          bindCluster('eks:addon-cluster-admin', 'cluster-admin', user('eks:mallory')),
          bindCluster('eks:addon-cluster-admin-2', 'cluster-admin', user('eks:addon-manager')),
        ],
      },
      findings: [
        { resource: subject('User eks:addon-manager'), key: 'cluster-admin@cluster' },
        { resource: subject('User eks:mallory'), key: 'cluster-admin@cluster' },
      ],
    },
    {
      name: 'a default role that was made to give everything',
      sources: {
        clusterRoles: [clusterRole('system:node-proxier', rule('*', '*', '*'))],
        clusterRoleBindings: [bindCluster('system:node-proxier', 'system:node-proxier', user('system:kube-proxy'))],
      },
      findings: [{ resource: subject('User system:kube-proxy'), key: 'cluster-admin@cluster', cause: 'ClusterRole system:node-proxier: cluster-admin' }],
    },
    {
      name: 'a role of EKS for an account, of which no rules are published, that was made to give everything',
      sources: {
        clusterRoles: [clusterRole('eks:tagging-controller', rule('*', '*', '*'))],
        clusterRoleBindings: [bindCluster('eks:tagging-controller', 'eks:tagging-controller', account('kube-system', 'tagging-controller'))],
      },
      findings: [{ resource: subject('ServiceAccount kube-system/tagging-controller'), key: 'cluster-admin@cluster' }],
    },
    {
      name: 'the user name of an account is the account, and repeats are one',
      sources: {
        clusterRoles: [CLUSTER_ADMIN],
        clusterRoleBindings: [bindCluster('ops', 'cluster-admin', user('system:serviceaccount:ci:runner'), account('ci', 'runner'), account('ci', 'runner'))],
      },
      findings: [
        {
          resource: subject('ServiceAccount ci/runner'),
          key: 'cluster-admin@cluster',
          message: 'ServiceAccount ci/runner is cluster-admin, by ClusterRoleBinding ops',
        },
      ],
    },
    {
      name: 'two bindings, one in a namespace too, are one finding of the subject',
      sources: {
        clusterRoles: [CLUSTER_ADMIN],
        clusterRoleBindings: [bindCluster('b', 'cluster-admin', user('alice')), bindCluster('a', 'cluster-admin', user('alice'))],
        roleBindings: [bind('shop', 'c', 'ClusterRole cluster-admin', user('alice'))],
      },
      findings: [{ resource: subject('User alice'), key: 'cluster-admin@cluster', message: 'User alice is cluster-admin, by ClusterRoleBinding a and 1 more' }],
    },
    {
      name: 'cluster-admin in a namespace, of the core group alone, and in kube-system',
      sources: {
        clusterRoles: [CLUSTER_ADMIN],
        roles: [role('web', 'ops', rule('*', '', '*'))],
        roleBindings: [
          bind('kube-system', 'ops', 'ClusterRole cluster-admin', user('alice')),
          bind('shop', 'ops', 'ClusterRole cluster-admin', account(undefined, 'runner')),
          bind('web', 'ops', 'Role ops', group('web')),
        ],
      },
      findings: [
        { resource: subject('User alice'), key: 'namespace-admin@kube-system' },
        { resource: subject('Group web'), key: 'namespace-admin@web', severity: 'high', cause: 'Role web/ops: namespace-admin' },
        {
          resource: subject('ServiceAccount shop/runner'),
          key: 'namespace-admin@shop',
          severity: 'high',
          message: 'ServiceAccount shop/runner has every right in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'what the role edit comes to, as one finding',
      sources: within(
        'shop',
        group('shop'),
        rule('get,list,watch,create,update,patch,delete', '', 'pods,pods/exec,pods/attach,pods/portforward,pods/proxy,services/proxy,secrets,configmaps'),
        rule('create,update,patch,delete', 'apps', 'deployments,statefulsets'),
        rule('create', '', 'serviceaccounts/token'),
        rule('impersonate', '', 'serviceaccounts'),
      ),
      findings: [
        {
          resource: subject('Group shop'),
          key: 'namespace-edit@shop',
          severity: 'high',
          message: 'Group shop may run any workload and take or change any Secret in shop, by RoleBinding shop/ops',
        },
      ],
    },
    {
      name: 'SSO roles without their random suffix',
      sources: {
        clusterRoles: [CLUSTER_ADMIN],
        clusterRoleBindings: [
          bindCluster('ops', 'cluster-admin', user('AWSReservedSSO_Admin_0123456789abcdef'), user('AWSReservedSSO_Admin_fedcba9876543210')),
        ],
      },
      findings: [{ resource: subject('User AWSReservedSSO_Admin'), key: 'cluster-admin@cluster' }],
    },
    {
      name: 'names of the language itself',
      sources: {
        clusterRoles: [clusterRole('__proto__', rule('*', '*', '*'))],
        clusterRoleBindings: [bindCluster('constructor', '__proto__', user('__proto__'))],
      },
      findings: [{ resource: subject('User __proto__'), key: 'cluster-admin@cluster', cause: 'ClusterRole __proto__: cluster-admin' }],
    },
  ],
} satisfies CheckCases;
