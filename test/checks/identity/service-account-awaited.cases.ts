import { serviceAccountAwaited } from '../../../lambda/checks/identity/service-account-awaited.ts';
import type { CheckCases } from '../check-cases.ts';
import { ISSUER, ROLE, account, accountResource, eksCluster, like, only, podRole, sub, webIdentityRole } from './identity-objects.ts';

const association = [{ namespace: 'shop', serviceAccount: 'web', roleArn: `${ROLE}s3` }];

export const cases = {
  check: serviceAccountAwaited,
  pass: [
    { name: 'accounts that are there', sources: { eksCluster: eksCluster('API'), serviceAccounts: [account('shop/web'), account('shop/job')], iamRoles: [webIdentityRole('s3', only('shop:job'))], eksPodIdentityAssociations: association } },
    { name: 'a pattern names nobody', sources: { eksCluster: eksCluster('API'), iamRoles: [webIdentityRole('s3', like('shop:*'))] } },
    { name: 'an account that is named to be kept out', sources: { eksCluster: eksCluster('API'), iamRoles: [webIdentityRole('s3', { StringNotEquals: { [`${ISSUER}:sub`]: sub('shop:web') } })] } },
    { name: 'an account that another condition keeps out', sources: { eksCluster: eksCluster('API'), iamRoles: [webIdentityRole('s3', { ...only('shop:web'), Null: { [`${ISSUER}:sub`]: 'true' } })] } },
  ],
  fail: [
    {
      name: 'by an association',
      sources: { eksCluster: eksCluster('API'), serviceAccounts: [account('web/shop')], iamRoles: [podRole('s3')], eksPodIdentityAssociations: association },
      findings: [
        {
          resource: accountResource('shop/web'),
          key: `${ROLE}s3`,
          message: 'IAM role s3 of account 111122223333 waits for ServiceAccount shop/web, which does not exist, by a Pod Identity association',
          cause: 'ServiceAccount shop/web does not exist',
        },
      ],
    },
    {
      name: 'by a trust policy',
      sources: { eksCluster: eksCluster('API'), iamRoles: [webIdentityRole('s3', { StringEquals: { [`${ISSUER.toUpperCase()}:SUB`]: [sub('shop:web'), 'x'] } })] },
      findings: [
        { resource: accountResource('shop/web'), key: `${ROLE}s3`, message: 'IAM role s3 of account 111122223333 waits for ServiceAccount shop/web, which does not exist, by its trust policy' },
      ],
    },
  ],
} satisfies CheckCases;
