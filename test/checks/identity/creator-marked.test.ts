import { expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import { accessPolicyPrivileged } from '../../../lambda/checks/identity/access-policy-privileged.ts';
import { snapshotOf } from '../../snapshot-of.ts';
import { ROLE, eksCluster } from './identity-objects.ts';

const policy = { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', accessScope: { type: 'cluster' } };

test('of two administrators the one whose entry was made with the cluster is marked', () => {
  const sources = {
    eksCluster: eksCluster('API', { createdAt: '2025-03-01T08:00:00Z', accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true } }),
    eksAccessEntries: [
      { principalArn: `${ROLE}creator`, type: 'STANDARD', createdAt: '2025-03-01T08:00:41Z' },
      { principalArn: `${ROLE}ops`, type: 'STANDARD', createdAt: '2025-03-02T10:00:00Z' },
    ],
    eksAssociatedAccessPolicies: ['creator', 'ops'].map((name) => ({ principalArn: `${ROLE}${name}`, associatedAccessPolicies: [policy] })),
  };
  const { findings } = assess(snapshotOf(sources), [accessPolicyPrivileged]);
  expect(findings.map(({ resource, evidence }) => [resource.name, evidence['made']])).toEqual([
    [`${ROLE}creator`, 'with the cluster, as the entry of its creator is'],
    [`${ROLE}ops`, undefined],
  ]);
});
