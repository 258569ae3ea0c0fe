import { clusterResource } from '../../facts/endpoint/cluster-resource.ts';
import { unsaidIfMissing } from '../../facts/unsaid.ts';
import { defineCheck } from '../define-check.ts';

/** deletionProtection is false: one DeleteCluster call is enough. */
export const clusterDeletionProtectionOff = defineCheck({
  id: 'cluster-deletion-protection-off',
  revision: 1,
  area: 'api-server',
  title: 'One call deletes the whole cluster',
  severity: 'medium',
  rationale: 'A stolen credential or a slip in a script deletes the control plane with everything that is kept only in it.',
  remediation: 'Switch deletion protection on.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html'],
  controls: ['attack/T1485', 'ms-k8s/MS-TA9038'],
  needs: ['eksCluster'],
  fields: { eksCluster: ['name', 'deletionProtection'] },
  identity: { resource: 'the cluster', key: '`deletion-protection`' },
  unjudged: ({ eksCluster }) => unsaidIfMissing('deletionProtection', eksCluster.deletionProtection),
  *evaluate({ eksCluster }) {
    if (eksCluster.deletionProtection !== false) return;
    yield {
      resource: clusterResource(eksCluster),
      key: 'deletion-protection',
      message: 'Deletion protection of the cluster is off',
      cause: 'deletion protection off',
      evidence: { deletionProtection: false },
    };
  },
});
