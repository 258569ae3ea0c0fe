import { serviceAccountRoleOpen } from '../../../lambda/checks/identity/service-account-role-open.ts';
import type { CheckCases } from '../check-cases.ts';
import { ISSUER, PROVIDER, ROLE, account, eksCluster, like, only, podRole, principal, sub, webIdentityRole } from './identity-objects.ts';

const OTHER = 'oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const given = (name: string, condition: object, ...more: readonly object[]) => ({
  eksCluster: eksCluster('API'),
  serviceAccounts: [account('shop/web', `${ROLE}${name}`)],
  iamRoles: [webIdentityRole(name, condition, ...more)],
});
const s3 = principal('Role', `${ROLE}s3`);
const others = (Condition: object) => ({ Effect: 'Allow', Principal: { Federated: PROVIDER.replace(ISSUER, OTHER) }, Action: 'sts:AssumeRoleWithWebIdentity', Condition });

export const cases = {
  check: serviceAccountRoleOpen,
  pass: [
    { name: 'exactly one account', sources: given('s3', only('shop:web')) },
    { name: 'exactly one account of this cluster and of another', sources: given('s3', only('shop:web'), others({ StringEquals: { [`${OTHER}:sub`]: sub('shop:web') } })) },
    { name: 'another cluster alone', sources: { eksCluster: eksCluster('API'), iamRoles: [{ ...webIdentityRole('s3', {}), AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [others({})] } }] } },
    { name: 'Pod Identity, where the association says who', sources: { eksCluster: eksCluster('API'), iamRoles: [podRole('s3')], eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'web', roleArn: `${ROLE}s3` }] } },
  ],
  fail: [
    {
      name: 'no condition on sub',
      sources: given('s3', { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } }),
      findings: [{ resource: s3, key: 'any', message: 'Every ServiceAccount of this cluster may take IAM role s3 of account 111122223333', cause: 'trust policy without a condition on sub' }],
    },
    { name: 'no condition on sub, of a role that no account names', sources: { ...given('s3', {}), serviceAccounts: [] }, findings: [{ resource: s3, key: 'any' }] },
    { name: 'a negated condition on the issuer of another cluster', sources: given('s3', { StringNotEquals: { [`${OTHER}:sub`]: sub('shop:web') } }), findings: [{ resource: s3, key: 'any' }] },
    { name: 'everybody of another cluster', sources: given('s3', only('shop:web'), others({})), findings: [{ resource: s3, key: `any of ${OTHER}`, cause: 'trust policy without a condition on sub, for another cluster' }] },
    { name: 'a name in any namespace', sources: given('s3', like('*:web')), findings: [{ resource: s3, key: '*/web', message: 'A ServiceAccount web of any namespace may take IAM role s3 of account 111122223333' }] },
    {
      name: 'namespaces that begin alike',
      sources: given('s3', like('shop*')),
      findings: [
        { resource: s3, key: 'shop*', severity: 'medium' },
        { resource: s3, key: 'shop/*', severity: 'medium' },
      ],
    },
    { name: 'every account of a namespace', sources: given('s3', like('shop:*')), findings: [{ resource: s3, key: 'shop/*', severity: 'medium', cause: 'trust policy for every account of a namespace' }] },
  ],
} satisfies CheckCases;
