import { describe, expect, test } from '@jest/globals';
import { isMadeWithCluster } from '../../../lambda/facts/identity/creator-entry.ts';
import { PRIVATE_EKS_CLUSTER } from '../../snapshot-of.ts';

const cluster = (bootstrapClusterCreatorAdminPermissions: unknown, createdAt: unknown) =>
  ({ ...PRIVATE_EKS_CLUSTER, createdAt, accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions } }) as typeof PRIVATE_EKS_CLUSTER;
const entry = (createdAt: unknown, entryType = 'STANDARD') => ({ createdAt, entryType }) as { readonly createdAt: string; readonly entryType: string };

describe('an entry is taken for one that was made with its cluster', () => {
  test.each([
    ['within minutes', cluster(true, '2025-03-01T08:00:00Z'), entry('2025-03-01T08:00:41Z'), true],
    ['whatever the clocks are written in', cluster(true, '2025-03-01T09:00:00+01:00'), entry(Date.parse('2025-03-01T07:59:58Z') / 1000), true],
    ['not when the cluster was done', cluster(true, '2025-03-01T08:00:00Z'), entry('2025-03-01T08:09:00Z'), false],
    ['not where nobody was let in', cluster(false, '2025-03-01T08:00:00Z'), entry('2025-03-01T08:00:41Z'), false],
    ['not of nodes', cluster(true, '2025-03-01T08:00:00Z'), entry('2025-03-01T08:00:41Z', 'EC2_LINUX'), false],
    ['not where no time is said', cluster(true, undefined), entry('2025-03-01T08:00:41Z'), false],
    ['not where no time can be read', cluster(true, '2025-03-01T08:00:00Z'), entry({ seconds: 1 }), false],
  ])('%s', (_, of, made, expected) => {
    expect(isMadeWithCluster(made, of)).toBe(expected);
  });
});
