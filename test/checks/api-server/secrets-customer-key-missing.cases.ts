import { secretsCustomerKeyMissing } from '../../../lambda/checks/api-server/secrets-customer-key-missing.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, eksCluster } from './eks-cluster.ts';
import { PRIVATE_EKS_CLUSTER } from '../../snapshot-of.ts';

const found = { resource: CLUSTER, key: 'secrets' };
const { encryptionConfig: _, ...withoutKey } = PRIVATE_EKS_CLUSTER;

export const cases = {
  check: secretsCustomerKeyMissing,
  pass: [{ name: 'a key for secrets', sources: {} }],
  fail: [
    {
      name: 'EKS names no key',
      sources: { eksCluster: withoutKey },
      findings: [{ ...found, message: 'No customer-managed key encrypts the Secrets of the cluster; a key that AWS owns does' }],
    },
    { name: 'a key for something else', sources: { eksCluster: eksCluster({ encryptionConfig: [{ resources: [], provider: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' } }] }) }, findings: [found] },
    { name: 'secrets without a key', sources: { eksCluster: eksCluster({ encryptionConfig: [{ resources: ['secrets'], provider: {} }] }) }, findings: [found] },
  ],
} satisfies CheckCases;
