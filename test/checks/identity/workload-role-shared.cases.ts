import type * as k8s from '@kubernetes/client-node';
import { workloadRoleShared } from '../../../lambda/checks/identity/workload-role-shared.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ISSUER, PROVIDER, ROLE, account, eksCluster, only, podRole, principal, sub, webIdentityRole } from './identity-objects.ts';

const labelled = (place: string, labels: Record<string, string>, roleArn?: string) => {
  const { metadata } = account(place, roleArn);
  return { metadata: { ...metadata, labels } };
};
const instance = (value: string) => ({ 'app.kubernetes.io/instance': value });
const partOf = (value: string) => ({ 'app.kubernetes.io/part-of': value });
/** A role that lets in exactly these accounts, as namespace:name. */
const role = (...accounts: string[]) => webIdentityRole('s3', { StringEquals: { [`${ISSUER}:sub`]: accounts.map(sub), [`${ISSUER}:aud`]: 'sts.amazonaws.com' } });
const S3 = `${ROLE}s3`;
const s3 = principal('Role', S3);
const given = (serviceAccounts: NonNullable<GivenSources['serviceAccounts']>, ...accounts: string[]): GivenSources => ({ eksCluster: eksCluster('API'), serviceAccounts, iamRoles: [role(...accounts)] });
const runs = (name: string, labels: Record<string, string>): Partial<k8s.V1Deployment> => ({ metadata: { namespace: 'shop', name }, spec: { selector: {}, template: { metadata: { labels }, spec: { serviceAccountName: name, containers: [{ name: 'c' }] } } } });
const associated = (...places: string[]): GivenSources => ({
  eksCluster: eksCluster('API'),
  iamRoles: [podRole('s3')],
  eksPodIdentityAssociations: places.map((place) => ({ namespace: place.split('/')[0]!, serviceAccount: place.split('/')[1]!, roleArn: S3 })),
});

const OTHER = 'oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const alsoOther = (Condition: object) =>
  webIdentityRole('s3', only('shop:web'), { Effect: 'Allow', Principal: { Federated: PROVIDER.replace(ISSUER, OTHER) }, Action: 'sts:AssumeRoleWithWebIdentity', Condition });

export const cases = {
  check: workloadRoleShared,
  pass: [
    { name: 'one account', sources: given([account('shop/web', S3)], 'shop:web') },
    { name: 'a role each', sources: { ...given([account('shop/web', S3), account('blog/web', `${ROLE}blog`)]), iamRoles: [role('shop:web'), webIdentityRole('blog', only('blog:web'))] } },
    { name: 'accounts of one release', sources: given([labelled('shop/web', instance('shop'), S3), labelled('shop/api', instance('shop'), S3)], 'shop:web', 'shop:api') },
    { name: 'accounts of one whole', sources: given([labelled('shop/web', { ...instance('a'), ...partOf('shop') }, S3), labelled('shop/api', { ...instance('b'), ...partOf('shop') }, S3)], 'shop:web', 'shop:api') },
    { name: 'accounts whose workloads are of one release', sources: { ...given([account('shop/web', S3), account('shop/api', S3)], 'shop:web', 'shop:api'), deployments: [runs('web', instance('shop')), runs('api', instance('shop'))] } },
    { name: 'another account that the role does not let in', sources: given([account('shop/web', S3), account('blog/web', S3)], 'shop:web') },
    { name: 'an account that is not there', sources: given([account('shop/web', S3)], 'shop:web', 'blog:web') },
    { name: 'an association of an account that is not there', sources: { ...associated('shop/web', 'blog/web'), serviceAccounts: [account('shop/web')] } },
    { name: 'everybody of another cluster, which is found as that', sources: { ...given([account('shop/web', S3)]), iamRoles: [alsoOther({})] } },
    { name: 'a role of another cluster alone', sources: { eksCluster: eksCluster('API'), serviceAccounts: [account('shop/web')], iamRoles: [alsoOther({ StringEquals: { [`${OTHER}:sub`]: sub('shop:web') } })].map((each) => ({ ...each, AssumeRolePolicyDocument: { ...each.AssumeRolePolicyDocument, Statement: each.AssumeRolePolicyDocument.Statement.slice(1) } })) } },
  ],
  fail: [
    {
      name: 'accounts of two namespaces',
      sources: given([account('shop/web', S3), account('blog/web', S3)], 'shop:web', 'blog:web'),
      findings: [
        {
          resource: s3,
          key: 'accounts',
          message: 'ServiceAccounts blog/web and shop/web, of several namespaces, have one role: IAM role s3 of account 111122223333',
          cause: 'one role for several namespaces',
        },
      ],
    },
    { name: 'one release in two namespaces', sources: given([labelled('dev/web', instance('shop'), S3), labelled('prod/web', instance('shop'), S3)], 'dev:web', 'prod:web'), findings: [{ resource: s3, key: 'accounts' }] },
    { name: 'one more account is no other finding', sources: given([account('shop/web', S3), account('blog/web', S3), account('blog/api', S3)], 'shop:web', 'blog:web', 'blog:api'), findings: [{ resource: s3, key: 'accounts' }] },
    {
      name: 'two releases in one namespace',
      sources: given([labelled('shop/web', instance('web'), S3), labelled('shop/api', instance('api'), S3)], 'shop:web', 'shop:api'),
      findings: [{ resource: s3, key: 'accounts', message: 'ServiceAccounts shop/api and shop/web, of several applications, have one role: IAM role s3 of account 111122223333', cause: 'one role for several applications' }],
    },
    { name: 'two accounts of one namespace without labels', sources: given([account('shop/web', S3), account('shop/api', S3)], 'shop:web', 'shop:api'), findings: [{ resource: s3, key: 'accounts' }] },
    { name: 'an account that its trust policy names and that says nothing of it', sources: given([account('shop/web', S3), account('blog/web')], 'shop:web', 'blog:web'), findings: [{ resource: s3, key: 'accounts' }] },
    { name: 'associations in two namespaces', sources: { ...associated('shop/web', 'blog/web'), serviceAccounts: [account('shop/web'), account('blog/web')] }, findings: [{ resource: s3, key: 'accounts' }] },
    {
      name: 'a named account of another cluster',
      sources: { ...given([account('shop/web', S3)]), iamRoles: [alsoOther({ StringEquals: { [`${OTHER}:sub`]: sub('shop:web') } })] },
      findings: [{ resource: s3, key: 'clusters', message: `IAM role s3 of account 111122223333, which ServiceAccounts of this cluster have, names the issuer of another cluster too: ${OTHER}`, cause: 'one role for several clusters' }],
    },
  ],
} satisfies CheckCases;
