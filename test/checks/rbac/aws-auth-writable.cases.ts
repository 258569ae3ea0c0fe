import { awsAuthWritable } from '../../../lambda/checks/rbac/aws-auth-writable.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { PRIVATE_EKS_CLUSTER } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, group, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: awsAuthWritable,
  pass: [
    {
      name: 'ConfigMaps of another namespace',
      sources: {
        ...within('shop', user('alice'), rule('*', '', 'configmaps')),
        eksCluster: { ...PRIVATE_EKS_CLUSTER, accessConfig: { authenticationMode: 'CONFIG_MAP' } },
        awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }],
      },
    },
    {
      name: 'other ConfigMaps by name',
      sources: {
        ...within('kube-system', user('alice'), rule('update', '', 'configmaps', 'coredns')),
        eksCluster: { ...PRIVATE_EKS_CLUSTER, accessConfig: { authenticationMode: 'CONFIG_MAP' } },
        awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }],
      },
    },
    {
      name: 'create, where it is there',
      sources: {
        ...within('kube-system', user('alice'), rule('create', '', 'configmaps')),
        eksCluster: { ...PRIVATE_EKS_CLUSTER, accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } },
        awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }],
      },
    },
    {
      name: 'update, where it is not there',
      sources: {
        ...within('kube-system', user('alice'), rule('update', '', 'configmaps')),
        eksCluster: { ...PRIVATE_EKS_CLUSTER, accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } },
      },
    },
  ],
  fail: [
    {
      name: 'by name',
      sources: {
        ...within('kube-system', user('alice'), rule('patch', '', 'configmaps', 'aws-auth')),
        eksCluster: { ...PRIVATE_EKS_CLUSTER, accessConfig: { authenticationMode: 'CONFIG_MAP' } },
        awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }],
      },
      findings: [
        {
          resource: subject('User alice'),
          key: 'aws-auth-update@kube-system',
          message: 'User alice may make any IAM identity cluster-admin through the aws-auth ConfigMap, by RoleBinding kube-system/ops',
          cause: 'Role kube-system/ops: aws-auth-update',
        },
      ],
    },
    {
      name: 'everywhere, and by everyone',
      sources: {
        ...everywhere(group('system:authenticated'), rule('update', '', 'configmaps')),
        eksCluster: { ...PRIVATE_EKS_CLUSTER, accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } },
        awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }],
      },
      findings: [{ resource: subject('Group system:authenticated'), key: 'aws-auth-update@cluster' }],
    },
    {
      name: 'create, where it is not there yet',
      sources: {
        ...within('kube-system', user('alice'), rule('create', '', 'configmaps')),
        eksCluster: { ...PRIVATE_EKS_CLUSTER, accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } },
      },
      findings: [{ resource: subject('User alice'), key: 'aws-auth-create@kube-system' }],
    },
    {
      name: 'a cluster of which EKS says no mode',
      sources: {
        ...within('kube-system', user('alice'), rule('update', '', 'configmaps')),
        eksCluster: { name: 'old', arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/old' },
        awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }],
      },
      findings: [{ resource: subject('User alice'), key: 'aws-auth-update@kube-system' }],
    },
    {
      name: 'inferred from the ConfigMap alone',
      sources: {
        ...within('kube-system', user('alice'), rule('update', '', 'configmaps', 'aws-auth')),
        eksCluster: refused('not-configured', 'no EKS side'),
        awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }],
      },
      findings: [
        {
          resource: subject('User alice'),
          key: 'aws-auth-update@kube-system',
          severity: 'medium',
          message: 'User alice may make any IAM identity cluster-admin through the aws-auth ConfigMap, by RoleBinding kube-system/ops, if the cluster reads it',
        },
      ],
    },
  ],
  notApplicable: [
    {
      name: 'access entries alone',
      sources: {
        ...within('kube-system', user('alice'), rule('*', '', 'configmaps')),
        awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }],
      },
    },
  ],
} satisfies CheckCases;
