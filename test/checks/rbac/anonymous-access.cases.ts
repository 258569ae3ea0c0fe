import { anonymousAccess } from '../../../lambda/checks/rbac/anonymous-access.ts';
import { refused } from '../../../lambda/model/collected.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER_ADMIN, bind, bindCluster, clusterRole, everywhere, group, rule, subject, user } from './rbac-objects.ts';

const PUBLIC = { verbs: ['get'], nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'] };
const METRICS = { verbs: ['get'], nonResourceURLs: ['/metrics'] };

export const cases = {
  check: anonymousAccess,
  pass: [
    {
      name: "Kubernetes' own public page",
      sources: {
        clusterRoles: [clusterRole('system:public-info-viewer', PUBLIC)],
        clusterRoleBindings: [
          bindCluster('system:public-info-viewer', 'system:public-info-viewer', group('system:authenticated'), group('system:unauthenticated')),
        ],
      },
    },
    {
      name: 'discovery and questions about oneself, as clusters before 1.14 had them',
      sources: {
        clusterRoles: [
          clusterRole(
            'd',
            { verbs: ['get'], nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*'] },
            rule('create', 'authorization.k8s.io', 'selfsubjectaccessreviews,selfsubjectrulesreviews'),
          ),
        ],
        clusterRoleBindings: [bindCluster('d', 'd', group('system:unauthenticated'))],
      },
    },
    {
      name: 'URLs in a RoleBinding have no effect',
      sources: { clusterRoles: [clusterRole('m', METRICS)], roleBindings: [bind('shop', 'm', 'ClusterRole m', user('system:anonymous'))] },
    },
    {
      name: 'a group of the name of the user',
      sources: {
        clusterRoles: [clusterRole('x', rule('get', '', 'pods'))],
        clusterRoleBindings: [bindCluster('x', 'x', group('system:anonymous'))],
        kubernetesVersion: '1.31',
      },
    },
  ],
  fail: [
    {
      name: 'pods, before EKS closed the door',
      sources: { ...everywhere(user('system:anonymous'), rule('get', '', 'pods')), kubernetesVersion: '1.31' },
      findings: [
        {
          resource: subject('User system:anonymous'),
          key: 'access@cluster',
          message: 'Anyone, without signing in, holds what ClusterRole ops gives in every namespace, by ClusterRoleBinding ops',
          cause: 'ClusterRole ops: access',
        },
      ],
    },
    {
      name: 'the same since 1.32',
      sources: { ...everywhere(group('system:unauthenticated'), rule('get', '', 'pods')), kubernetesVersion: '1.32' },
      findings: [
        {
          resource: subject('Group system:unauthenticated'),
          key: 'access@cluster',
          severity: 'low',
          message:
            'Anyone, without signing in, holds what ClusterRole ops gives in every namespace, by ClusterRoleBinding ops, as soon as EKS lets anonymous requests in again',
        },
      ],
    },
    {
      name: 'a default role with a rule more',
      sources: {
        clusterRoles: [clusterRole('system:public-info-viewer', PUBLIC, rule('get', '', 'pods'))],
        clusterRoleBindings: [bindCluster('system:public-info-viewer', 'system:public-info-viewer', group('system:unauthenticated'))],
        kubernetesVersion: '1.31',
      },
      findings: [{ resource: subject('Group system:unauthenticated'), key: 'access@cluster' }],
    },
    {
      name: 'full control is told once',
      sources: {
        clusterRoles: [CLUSTER_ADMIN],
        clusterRoleBindings: [bindCluster('x', 'cluster-admin', user('system:anonymous'))],
        roleBindings: [bind('shop', 'y', 'ClusterRole cluster-admin', user('system:anonymous'))],
        kubernetesVersion: '1.31',
      },
      findings: [
        { resource: subject('User system:anonymous'), key: 'access@cluster' },
        { resource: subject('User system:anonymous'), key: 'access@shop' },
      ],
    },
    {
      name: 'an address alone',
      sources: { clusterRoles: [clusterRole('m', METRICS)], clusterRoleBindings: [bindCluster('m', 'm', user('system:anonymous'))], kubernetesVersion: '1.31' },
      findings: [{ resource: subject('User system:anonymous'), key: 'access@cluster', severity: 'medium' }],
    },
    {
      name: 'a new version that is not EKS',
      sources: { ...everywhere(user('system:anonymous'), rule('get', '', 'pods')), eksCluster: refused('not-configured', 'no EKS side') },
      findings: [{ resource: subject('User system:anonymous'), key: 'access@cluster' }],
    },
    {
      name: 'EKS by its own objects, without its side',
      sources: {
        clusterRoleBindings: [
          bindCluster('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager')),
          bindCluster('x', 'x', user('system:anonymous')),
        ],
        clusterRoles: [CLUSTER_ADMIN, clusterRole('x', rule('get', '', 'pods'))],
        eksCluster: refused('not-configured', 'no EKS side'),
      },
      findings: [{ resource: subject('User system:anonymous'), key: 'access@cluster', severity: 'low' }],
    },
    {
      name: 'an unknown version',
      sources: {
        ...everywhere(user('system:anonymous'), rule('list', '', 'pods')),
        kubernetesVersion: refused('unreachable', 'no answer'),
        eksCluster: refused('not-configured', 'no EKS side'),
      },
      findings: [{ resource: subject('User system:anonymous'), key: 'access@cluster' }],
    },
  ],
} satisfies CheckCases;
