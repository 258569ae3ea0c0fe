import type * as k8s from '@kubernetes/client-node';
import { serviceAccountShared } from '../../../lambda/checks/identity/service-account-shared.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { account as subject, bind, clusterRole, rule, within } from '../rbac/rbac-objects.ts';
import { ROLE, account, accountResource, eksCluster, only, podRole, webIdentityRole } from './identity-objects.ts';

const RBAC = 'rbac.authorization.k8s.io';
const template = (serviceAccountName: string, labels: Record<string, string> = {}) => ({ metadata: { labels }, spec: { serviceAccountName, containers: [{ name: 'c' }] } });
const deployment = (name: string, labels?: Record<string, string>, serviceAccountName = 'app', namespace = 'shop'): Partial<k8s.V1Deployment> => ({
  metadata: { namespace, name },
  spec: { selector: {}, template: template(serviceAccountName, labels) },
});
const instance = (value: string) => ({ 'app.kubernetes.io/instance': value });
const partOf = (value: string) => ({ 'app.kubernetes.io/part-of': value });
const called = (value: string) => ({ 'app.kubernetes.io/name': value });

const READS_SECRETS = within('shop', subject('shop', 'app'), rule('get', '', 'secrets'));
const reading = (...deployments: Partial<k8s.V1Deployment>[]): GivenSources => ({ serviceAccounts: [account('shop/app')], deployments, ...READS_SECRETS });
const UNRELATED = [deployment('web', instance('web')), deployment('api', instance('api'))];
const S3 = { eksCluster: eksCluster('API'), serviceAccounts: [account('shop/app', `${ROLE}s3`)], deployments: UNRELATED } satisfies GivenSources;

export const cases = {
  check: serviceAccountShared,
  pass: [
    { name: 'one workload', sources: reading(deployment('web')) },
    { name: 'an account of its own each, of which one has rights', sources: reading(deployment('web'), deployment('api', {}, 'api')) },
    { name: 'the same name in another namespace', sources: reading(deployment('web'), deployment('web', {}, 'app', 'blog')) },
    { name: 'nothing that the account may do', sources: { serviceAccounts: [account('shop/app')], deployments: UNRELATED } },
    { name: 'rights that are not dangerous', sources: { serviceAccounts: [account('shop/app')], deployments: UNRELATED, ...within('shop', subject('shop', 'app'), rule('get,list', '', 'configmaps')) } },
    { name: 'parts of one release', sources: reading(deployment('web', { ...instance('shop'), ...called('web') }), deployment('api', { ...instance('shop'), ...called('api') })) },
    { name: 'releases of one whole', sources: reading(deployment('web', { ...instance('a'), ...partOf('shop') }), deployment('api', { ...instance('b'), ...partOf('shop') })) },
    { name: 'the same application by its name alone', sources: reading(deployment('web', called('shop')), deployment('worker', called('shop'))) },
    {
      name: 'a Job and a pod that nobody controls',
      sources: { ...reading(deployment('web')), jobs: [{ metadata: { namespace: 'shop', name: 'import' }, spec: { template: template('app') } }], pods: [{ metadata: { namespace: 'shop', name: 'debug' }, spec: template('app').spec }] },
    },
    { name: 'default, which has checks of its own', sources: { ...within('shop', subject('shop', 'default'), rule('get', '', 'secrets')), deployments: [deployment('web', {}, 'default'), deployment('api', {}, 'default')] } },
    { name: 'a role that does not let it in', sources: { ...S3, iamRoles: [webIdentityRole('s3', only('shop:web'))] } },
    { name: 'a role that does not exist', sources: S3 },
  ],
  fail: [
    {
      name: 'two releases, and a dangerous right',
      sources: reading(...UNRELATED),
      findings: [
        {
          resource: accountResource('shop/app'),
          key: 'shared',
          message: 'Deployment api and Deployment web run as one ServiceAccount, and ServiceAccount shop/app may read every Secret in shop, by RoleBinding shop/ops',
          cause: 'one account for unrelated workloads',
        },
      ],
    },
    { name: 'one more workload is no other finding', sources: reading(...UNRELATED, deployment('cart', instance('web'))), findings: [{ resource: accountResource('shop/app'), key: 'shared' }] },
    { name: 'workloads without labels', sources: reading(deployment('web'), deployment('api')), findings: [{ resource: accountResource('shop/app'), key: 'shared' }] },
    { name: 'two releases of one chart', sources: reading(deployment('a', { ...instance('a'), ...called('nginx') }), deployment('b', { ...instance('b'), ...called('nginx') })), findings: [{ resource: accountResource('shop/app'), key: 'shared' }] },
    { name: 'each two of three have something in common', sources: reading(deployment('a', { ...instance('a'), ...partOf('x') }), deployment('b', { ...instance('a'), ...partOf('y') }), deployment('c', { ...instance('c'), ...partOf('x') })), findings: [{ resource: accountResource('shop/app'), key: 'shared' }] },
    {
      name: 'a CronJob and a DaemonSet',
      sources: {
        ...reading(),
        cronJobs: [{ metadata: { namespace: 'shop', name: 'report' }, spec: { schedule: '@daily', jobTemplate: { spec: { template: template('app') } } } }],
        daemonSets: [{ metadata: { namespace: 'shop', name: 'agent' }, spec: { selector: {}, template: template('app') } }],
      },
      findings: [{ resource: accountResource('shop/app'), key: 'shared' }],
    },
    {
      name: 'a role that it may bind by its name',
      sources: {
        ...reading(...UNRELATED),
        roles: [],
        clusterRoles: [clusterRole('reader', rule('get', '', 'secrets')), clusterRole('binder', rule('bind', RBAC, 'clusterroles', 'reader'), rule('create', RBAC, 'rolebindings'))],
        roleBindings: [bind('shop', 'binder', 'ClusterRole binder', subject('shop', 'app'))],
      },
      findings: [{ resource: accountResource('shop/app'), key: 'shared' }],
    },
    {
      name: 'an IAM role by its annotation',
      sources: { ...S3, iamRoles: [webIdentityRole('s3', only('shop:app'))] },
      findings: [{ resource: accountResource('shop/app'), key: 'shared', message: 'Deployment api and Deployment web run as one ServiceAccount, and ServiceAccount shop/app has IAM role s3 of account 111122223333' }],
    },
    {
      name: 'an IAM role by an association',
      sources: { ...S3, serviceAccounts: [account('shop/app')], iamRoles: [podRole('s3')], eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'app', roleArn: `${ROLE}s3` }] },
      findings: [{ resource: accountResource('shop/app'), key: 'shared' }],
    },
  ],
} satisfies CheckCases;
