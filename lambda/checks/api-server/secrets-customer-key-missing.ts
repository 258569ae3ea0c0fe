import { clusterResource } from '../../facts/endpoint/cluster-resource.ts';
import { defineCheck } from '../define-check.ts';
import { objectsOf, textsOf } from '../../facts/as-read.ts';

/** No entry of encryptionConfig has the resource `secrets` and a key ARN. Since 1.28 EKS encrypts with a key of its own all the same. */
export const secretsCustomerKeyMissing = defineCheck({
  id: 'secrets-customer-key-missing',
  revision: 1,
  area: 'api-server',
  title: 'Secrets are not encrypted with a key of your own',
  severity: 'medium',
  rationale: 'With a key that AWS owns, nobody on your side can see, limit or withdraw its use for the Secrets in etcd.',
  remediation: 'Associate a customer-managed KMS key with the cluster for the resource secrets.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html', 'https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html'],
  controls: ['cis-eks-1.8.0/5.3.1'],
  needs: ['eksCluster'],
  fields: { eksCluster: ['name', 'encryptionConfig'] },
  identity: { resource: 'the cluster', key: '`secrets`' },
  *evaluate({ eksCluster }) {
    const keys = objectsOf(eksCluster.encryptionConfig).filter((entry) => textsOf(entry.resources).includes('secrets') && entry.provider?.keyArn);
    if (keys.length > 0) return;
    yield {
      resource: clusterResource(eksCluster),
      key: 'secrets',
      message: 'No customer-managed key encrypts the Secrets of the cluster; a key that AWS owns does',
      cause: 'no customer-managed key for Secrets',
      evidence: { encryptionConfig: [] },
    };
  },
});
