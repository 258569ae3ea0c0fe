import { expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import type { Check } from '../../../lambda/checks/define-check.ts';
import { serviceAccountShared } from '../../../lambda/checks/identity/service-account-shared.ts';
import { workloadRoleShared } from '../../../lambda/checks/identity/workload-role-shared.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { account as subject, rule, within } from '../rbac/rbac-objects.ts';
import { ISSUER, ROLE, account, eksCluster, sub, webIdentityRole } from './identity-objects.ts';

const REFUSED = refused('forbidden', 'may not list');
const S3 = `${ROLE}s3`;
const lets = (...accounts: string[]) => [webIdentityRole('s3', { StringEquals: { [`${ISSUER}:sub`]: accounts.map(sub) } })];

function judged(check: Check, sources: GivenSources) {
  const { outcomes, findings } = assess(snapshotOf({ eksCluster: eksCluster('API'), ...sources }), [check]);
  return { outcome: outcomes[0]!.outcome, unread: outcomes[0]!.unread.map(({ source }) => source), found: findings.map(({ key }) => key) };
}

test('whether accounts of one namespace belong together is not said where what runs as them was not read; that two namespaces share a role is', () => {
  const one = { serviceAccounts: [account('shop/web', S3), account('shop/api', S3)], iamRoles: lets('shop:web', 'shop:api'), deployments: REFUSED };
  expect(judged(workloadRoleShared, one)).toEqual({ outcome: 'not-evaluated', unread: ['deployments'], found: [] });
  const two = { serviceAccounts: [account('shop/web', S3), account('blog/web', S3)], iamRoles: lets('shop:web', 'blog:web'), deployments: REFUSED };
  expect(judged(workloadRoleShared, two)).toEqual({ outcome: 'fail', unread: ['deployments'], found: ['accounts'] });
});

test('of roles that were not read nobody says whether they are shared', () => {
  expect(judged(workloadRoleShared, { serviceAccounts: [account('shop/web', S3), account('blog/web', S3)], iamRoles: REFUSED })).toEqual({ outcome: 'not-evaluated', unread: ['iamRoles'], found: [] });
});

const deployment = (name: string) => ({ metadata: { namespace: 'shop', name }, spec: { selector: {}, template: { spec: { serviceAccountName: 'app', containers: [{ name: 'c' }] } } } });
const shared = { serviceAccounts: [account('shop/app')], deployments: [deployment('web'), deployment('api')] } satisfies GivenSources;

test('a shared account with a dangerous right is told where IAM was not read, and one whose role was not read is not passed', () => {
  expect(judged(serviceAccountShared, { ...shared, ...within('shop', subject('shop', 'app'), rule('get', '', 'secrets')), iamRoles: REFUSED })).toEqual({ outcome: 'fail', unread: ['iamRoles'], found: ['shared'] });
  const annotated = { ...shared, serviceAccounts: [account('shop/app', S3)] };
  expect(judged(serviceAccountShared, { ...annotated, iamRoles: REFUSED })).toEqual({ outcome: 'not-evaluated', unread: ['iamRoles'], found: [] });
  // A role of another account: it is there, and its documents are not.
  const foreign = { Arn: S3, RoleName: 's3' };
  expect(judged(serviceAccountShared, { ...annotated, iamRoles: [foreign] })).toEqual({ outcome: 'not-evaluated', unread: ['iamRoles'], found: [] });
  // It does not matter to an account that nobody shares.
  expect(judged(serviceAccountShared, { ...annotated, deployments: [deployment('web')], iamRoles: [foreign] })).toEqual({ outcome: 'pass', unread: [], found: [] });
});

test('values of the wrong type throw nowhere', () => {
  const odd = { serviceAccounts: [{ metadata: { namespace: 7, name: ['a'], labels: 3 } }, 5], deployments: [{ metadata: 4 }], iamRoles: [{ Arn: 3, AssumeRolePolicyDocument: { Statement: [{ Principal: { Federated: [3] } }] } }] } as unknown as GivenSources;
  for (const check of [serviceAccountShared, workloadRoleShared]) expect(judged(check, odd).outcome).not.toBe('error');
});
