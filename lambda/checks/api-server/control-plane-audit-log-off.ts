import { clusterResource } from '../../facts/endpoint/cluster-resource.ts';
import { unsaidIfMissing } from '../../facts/unsaid.ts';
import { defineCheck } from '../define-check.ts';
import { objectsOf, textsOf } from '../../facts/as-read.ts';

/** `audit` is in no enabled entry of logging.clusterLogging. EKS keeps no other audit log of the API server. */
export const controlPlaneAuditLogOff = defineCheck({
  id: 'control-plane-audit-log-off',
  revision: 1,
  area: 'api-server',
  title: 'Nobody can find out who did what in the cluster',
  severity: 'high',
  rationale: 'Without the audit log an intruder leaves no record at the API server, and an incident can be neither noticed nor reconstructed.',
  remediation: 'Switch the audit log of the control plane on, and keep it for as long as you may need to look back.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html'],
  controls: ['cis-eks-1.8.0/2.1.1', 'nsa-1.2/logging'],
  needs: ['eksCluster'],
  fields: { eksCluster: ['name', 'logging.clusterLogging'] },
  identity: { resource: 'the cluster', key: '`audit`' },
  unjudged: ({ eksCluster }) => unsaidIfMissing('logging.clusterLogging', eksCluster.logging?.clusterLogging),
  *evaluate({ eksCluster }) {
    const groups = eksCluster.logging?.clusterLogging;
    if (!groups) return;
    const enabled = objectsOf(groups).filter((group) => group.enabled === true).flatMap((group) => textsOf(group.types));
    if (enabled.includes('audit')) return;
    yield {
      resource: clusterResource(eksCluster),
      key: 'audit',
      message: 'The audit log of the API server is off',
      cause: 'audit log off',
      evidence: { enabledLogTypes: [...new Set(enabled)].sort() },
    };
  },
});
