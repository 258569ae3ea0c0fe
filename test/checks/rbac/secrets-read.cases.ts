import { secretsRead } from '../../../lambda/checks/rbac/secrets-read.ts';
import type { CheckCases } from '../check-cases.ts';
import { account, bind, bindCluster, clusterRole, everywhere, group, role, rule, subject, user, within } from './rbac-objects.ts';

const READER = clusterRole('reader', rule('list', '', 'secrets'));

export const cases = {
  check: secretsRead,
  pass: [
    { name: 'named Secrets alone', sources: within('shop', user('alice'), rule('get,list,watch', '', 'secrets', 'shop-db')) },
    { name: 'a name called * is a name', sources: within('shop', user('alice'), rule('get', '', 'secrets', '*')) },
    {
      name: 'the resource in another case, in the singular, with a group that is none',
      sources: everywhere(user('alice'), rule('get', '', 'Secrets,secret'), rule('get', 'core,v1', 'secrets'), { verbs: ['get'], resources: ['secrets'] }),
    },
    { name: 'verbs that show nothing', sources: everywhere(user('alice'), rule('delete,deletecollection', '', 'secrets')) },
    { name: 'verb and resource in two rules', sources: everywhere(user('alice'), rule('get', '', 'configmaps'), rule('delete', '', 'secrets')) },
    {
      name: 'literal globs',
      sources: everywhere(user('alice'), rule('get', '', 'secrets*,*secrets,secrets/*'), {
        verbs: ['g*', 'get,list'],
        apiGroups: [''],
        resources: ['secrets'],
      }),
    },
    { name: 'a role that nobody is bound to', sources: { clusterRoles: [READER] } },
    {
      name: 'a controller of Kubernetes, by its own role and binding',
      sources: {
        clusterRoles: [clusterRole('system:kube-controller-manager', rule('get', '', 'secrets,serviceaccounts'))],
        clusterRoleBindings: [bindCluster('system:kube-controller-manager', 'system:kube-controller-manager', user('system:kube-controller-manager'))],
      },
    },
    {
      name: 'cert-manager, as its chart makes it',
      sources: {
        clusterRoles: [clusterRole('cert-manager-controller-issuers', rule('get,list,watch,create,update,delete', '', 'secrets'))],
        clusterRoleBindings: [bindCluster('cert-manager-controller-issuers', 'cert-manager-controller-issuers', account('cert-manager', 'cert-manager'))],
      },
    },
  ],
  fail: [
    {
      name: 'a list of the whole cluster',
      sources: { clusterRoles: [READER], clusterRoleBindings: [bindCluster('readers', 'reader', group('devs'))] },
      findings: [
        {
          resource: subject('Group devs'),
          key: 'secrets-read@cluster',
          severity: 'critical',
          message: 'Group devs may read every Secret in every namespace, by ClusterRoleBinding readers',
          cause: 'ClusterRole reader: secrets-read',
        },
      ],
    },
    {
      name: 'one ClusterRole bound in two namespaces and in kube-system: one cause',
      sources: {
        clusterRoles: [READER],
        roleBindings: [
          bind('web', 'r', 'ClusterRole reader', user('alice')),
          bind('shop', 'r', 'ClusterRole reader', user('alice')),
          bind('kube-system', 'r', 'ClusterRole reader', user('alice')),
        ],
      },
      findings: [
        { resource: subject('User alice'), key: 'secrets-read@kube-system', severity: 'critical', cause: 'ClusterRole reader: secrets-read' },
        {
          resource: subject('User alice'),
          key: 'secrets-read@shop',
          cause: 'ClusterRole reader: secrets-read',
          message: 'User alice may read every Secret in shop, by RoleBinding shop/r',
        },
        { resource: subject('User alice'), key: 'secrets-read@web', cause: 'ClusterRole reader: secrets-read' },
      ],
    },
    {
      name: 'the empty name is that of a list',
      sources: within('shop', user('alice'), rule('list', '', 'secrets', ',one')),
      findings: [{ resource: subject('User alice'), key: 'secrets-read@shop' }],
    },
    {
      name: 'everywhere covers the namespace, other subjects stay',
      sources: {
        clusterRoles: [READER],
        clusterRoleBindings: [bindCluster('r', 'reader', user('alice'))],
        roleBindings: [bind('shop', 'r', 'ClusterRole reader', user('alice'), user('bob'))],
      },
      findings: [
        { resource: subject('User alice'), key: 'secrets-read@cluster', severity: 'critical' },
        { resource: subject('User bob'), key: 'secrets-read@shop' },
      ],
    },
    {
      name: 'a default role of Kubernetes with a wider rule than its own, a default binding with one subject more',
      sources: {
        clusterRoles: [clusterRole('system:node-proxier', rule('get', '', 'secrets'))],
        roles: [role('kube-system', 'system:controller:token-cleaner', rule('get,list,watch,delete', '', 'secrets'))],
        clusterRoleBindings: [bindCluster('system:node-proxier', 'system:node-proxier', user('system:kube-proxy'))],
        roleBindings: [
          bind(
            'kube-system',
            'system:controller:token-cleaner',
            'Role system:controller:token-cleaner',
            account('kube-system', 'token-cleaner'),
            account('kube-system', 'mallory'),
          ),
        ],
      },
      findings: [
        { resource: subject('User system:kube-proxy'), key: 'secrets-read@cluster', severity: 'critical' },
        { resource: subject('ServiceAccount kube-system/mallory'), key: 'secrets-read@kube-system', severity: 'critical' },
      ],
    },
    {
      name: 'the name of an add-on with another account',
      sources: {
        clusterRoles: [clusterRole('cert-manager-controller-issuers', rule('get', '', 'secrets'))],
        clusterRoleBindings: [bindCluster('cert-manager-controller-issuers', 'cert-manager-controller-issuers', account('shop', 'cert-manager'))],
      },
      findings: [{ resource: subject('ServiceAccount shop/cert-manager'), key: 'secrets-read@cluster', severity: 'critical' }],
    },
  ],
} satisfies CheckCases;
