import type * as k8s from '@kubernetes/client-node';
import { unusedAccountRights } from '../../../lambda/checks/rbac/unused-account-rights.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { account, bind, rule, subject, user, within } from './rbac-objects.ts';

const WEB = { serviceAccounts: [{ metadata: { namespace: 'shop', name: 'web' } }] } satisfies GivenSources;
const READER = { ...WEB, ...within('shop', account('shop', 'web'), rule('get', '', 'secrets')) } satisfies GivenSources;

const spec = (serviceAccountName: string): k8s.V1PodSpec => ({ serviceAccountName, containers: [{ name: 'c' }] });
const deployment = (namespace: string, serviceAccountName: string): Partial<k8s.V1Deployment> => ({ metadata: { namespace, name: 'd' }, spec: { replicas: 0, selector: {}, template: { spec: spec(serviceAccountName) } } });

export const cases = {
  check: unusedAccountRights,
  pass: [
    { name: 'a template that is scaled to zero uses it', sources: { ...READER, deployments: [deployment('shop', 'web')] } },
    { name: 'a suspended CronJob uses it', sources: { ...READER, cronJobs: [{ metadata: { namespace: 'shop', name: 'c' }, spec: { schedule: '@daily', suspend: true, jobTemplate: { spec: { template: { spec: spec('web') } } } } }] } },
    { name: 'a pod that nothing made uses it', sources: { ...READER, pods: [{ metadata: { namespace: 'shop', name: 'p' }, spec: spec('web') }] } },
    { name: 'rights that are not dangerous', sources: { ...WEB, ...within('shop', account('shop', 'web'), rule('get,list', '', 'pods')) } },
    { name: 'an account that does not exist', sources: { ...READER, serviceAccounts: [] } },
    { name: 'default, which every pod has that names none', sources: { serviceAccounts: [{ metadata: { namespace: 'shop', name: 'default' } }], ...within('shop', account('shop', 'default'), rule('get', '', 'secrets')) } },
    { name: 'somebody outside', sources: { ...WEB, ...within('shop', user('alice'), rule('get', '', 'secrets')) } },
  ],
  fail: [
    {
      name: 'nothing at all uses it',
      sources: READER,
      findings: [
        {
          resource: subject('ServiceAccount shop/web'),
          key: 'unused',
          message: 'No pod uses ServiceAccount shop/web, and ServiceAccount shop/web may read every Secret in shop, by RoleBinding shop/ops',
          cause: 'unused: Role shop/ops: secrets-read',
        },
      ],
    },
    {
      name: 'one of that name in another namespace is used',
      sources: { ...READER, deployments: [deployment('web', 'web')], roleBindings: [...READER.roleBindings, bind('web', 'too', 'Role gone', account('web', 'web'))] },
      findings: [{ resource: subject('ServiceAccount shop/web'), key: 'unused' }],
    },
  ],
} satisfies CheckCases;
