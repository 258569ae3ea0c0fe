import { clusterResource } from '../../facts/endpoint/cluster-resource.ts';
import { unsaidIfMissing } from '../../facts/unsaid.ts';
import { defineCheck } from '../define-check.ts';

/**
 * The cluster takes aws-auth alone: then whoever of IAM created it is in system:masters, which no ConfigMap and no API shows. `bootstrapClusterCreatorAdminPermissions` is true unless it
 * is said to be false. Where access entries are taken the creator has one, which `access-policy-privileged` tells of like any other while it has a policy.
 */
export const clusterCreatorAdmin = defineCheck({
  id: 'cluster-creator-admin',
  revision: 1,
  area: 'identity',
  title: 'Whoever created the cluster is its administrator for ever, and nothing shows it',
  severity: 'medium',
  rationale: 'Whoever may take the role that created the cluster, often that of a pipeline or of somebody who left, rules it: no review of rights finds that, and nobody can take it back.',
  remediation: 'Set the authentication mode to API_AND_CONFIG_MAP, which makes an access entry of it, give others an entry that they administer by, and delete that of the creator.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html', 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'],
  controls: ['cis-eks-1.8.0/4.1.1', 'cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078.004', 'ms-k8s/MS-TA9019'],
  needs: ['eksCluster'],
  fields: { eksCluster: ['name', 'arn', 'accessConfig.authenticationMode', 'accessConfig.bootstrapClusterCreatorAdminPermissions'] },
  identity: { resource: 'the cluster', key: '`creator`' },
  applies: ({ eksCluster: { accessConfig } }) =>
    accessConfig?.authenticationMode === 'API' || accessConfig?.authenticationMode === 'API_AND_CONFIG_MAP' ? 'whoever created the cluster has an access entry or none, which is judged as that of anybody' : true,
  unjudged: ({ eksCluster }) => unsaidIfMissing('accessConfig.authenticationMode', eksCluster.accessConfig?.authenticationMode),
  *evaluate({ eksCluster }) {
    const { authenticationMode, bootstrapClusterCreatorAdminPermissions: bootstrap } = eksCluster.accessConfig ?? {};
    if (authenticationMode !== 'CONFIG_MAP' || bootstrap === false) return;
    yield {
      resource: clusterResource(eksCluster),
      key: 'creator',
      message: 'Whoever of IAM created the cluster is in system:masters, without an entry that shows it',
      cause: 'creator in system:masters',
      evidence: { authenticationMode, bootstrap: bootstrap === true ? 'true' : 'not said, which means true' },
    };
  },
});
