import { serviceAccountRoleUnusable } from '../../../lambda/checks/identity/service-account-role-unusable.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, account, accountResource, eksCluster, only, podRole, webIdentityRole } from './identity-objects.ts';

const web = accountResource('shop/web');

export const cases = {
  check: serviceAccountRoleUnusable,
  pass: [
    { name: 'a role that lets it in', sources: { eksCluster: eksCluster('API'), serviceAccounts: [account('shop/web', `${ROLE}s3`)], iamRoles: [webIdentityRole('s3', only('shop:web'))] } },
    { name: 'an association with a role that lets pods in', sources: { eksCluster: eksCluster('API'), iamRoles: [podRole('s3')], eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'web', roleArn: `${ROLE}s3` }] } },
  ],
  fail: [
    {
      name: 'a role that does not exist',
      sources: { eksCluster: eksCluster('API'), serviceAccounts: [account('shop/web', `${ROLE}gone`)] },
      findings: [{ resource: web, key: `${ROLE}gone`, message: 'ServiceAccount shop/web is given IAM role gone of account 111122223333, which does not exist', cause: 'role does not exist' }],
    },
    {
      name: 'a role for another account, and one for web identities that pods are associated with',
      sources: {
        eksCluster: eksCluster('API'),
        serviceAccounts: [account('shop/web', `${ROLE}s3`)],
        iamRoles: [webIdentityRole('s3', only('shop:job'))],
        eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'job', roleArn: `${ROLE}s3` }],
      },
      findings: [
        { resource: accountResource('shop/job'), key: `${ROLE}s3` },
        { resource: web, key: `${ROLE}s3`, message: 'ServiceAccount shop/web is given IAM role s3 of account 111122223333, whose trust policy does not let it in', cause: 'trust policy does not let it in' },
      ],
    },
  ],
} satisfies CheckCases;
