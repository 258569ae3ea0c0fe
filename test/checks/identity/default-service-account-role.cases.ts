import { defaultServiceAccountRole } from '../../../lambda/checks/identity/default-service-account-role.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, account, accountResource, eksCluster, only, podRole, webIdentityRole } from './identity-objects.ts';

const of = (place: string, role = `${ROLE}s3`) => ({ eksCluster: eksCluster('API'), serviceAccounts: [account(place, role)] });

export const cases = {
  check: defaultServiceAccountRole,
  pass: [
    { name: 'an account of its own', sources: { ...of('default/web'), iamRoles: [webIdentityRole('s3', only('default:web'))] } },
    { name: 'a role that does not let it in', sources: { ...of('shop/default'), iamRoles: [webIdentityRole('s3', only('shop:web'))] } },
    { name: 'a role that does not exist', sources: of('shop/default') },
  ],
  fail: [
    {
      name: 'by its annotation',
      sources: { ...of('shop/default'), iamRoles: [webIdentityRole('s3', only('shop:default'))] },
      findings: [
        {
          resource: accountResource('shop/default'),
          key: `${ROLE}s3`,
          message: 'Every pod of shop without an account of its own has IAM role s3 of account 111122223333, by the annotation of its default ServiceAccount',
          cause: 'role of a default ServiceAccount',
        },
      ],
    },
    {
      name: 'by an association',
      sources: { eksCluster: eksCluster('API'), iamRoles: [podRole('s3')], eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'default', roleArn: `${ROLE}s3` }] },
      findings: [{ resource: accountResource('shop/default'), key: `${ROLE}s3` }],
    },
  ],
} satisfies CheckCases;
