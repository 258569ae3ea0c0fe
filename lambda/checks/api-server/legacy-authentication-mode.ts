import { clusterResource } from '../../facts/endpoint/cluster-resource.ts';
import { unsaidIfMissing } from '../../facts/unsaid.ts';
import { defineCheck } from '../define-check.ts';

/** accessConfig.authenticationMode is CONFIG_MAP (medium) or API_AND_CONFIG_MAP (low): kube-system/aws-auth says who may sign in. */
export const legacyAuthenticationMode = defineCheck({
  id: 'legacy-authentication-mode',
  revision: 1,
  area: 'api-server',
  title: 'A ConfigMap inside the cluster decides who may sign in',
  severity: 'medium',
  rationale:
    'Whoever may write the ConfigMap aws-auth makes any IAM role an administrator, without a trace in CloudTrail; a slip in its YAML locks everybody out.',
  remediation: 'Make access entries for everybody in aws-auth, then set the authentication mode to API.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html',
  ],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication'],
  needs: ['eksCluster'],
  fields: { eksCluster: ['name', 'accessConfig.authenticationMode'] },
  identity: { resource: 'the cluster', key: '`authentication-mode`' },
  unjudged: ({ eksCluster }) => unsaidIfMissing('accessConfig.authenticationMode', eksCluster.accessConfig?.authenticationMode),
  *evaluate({ eksCluster }) {
    const mode = eksCluster.accessConfig?.authenticationMode;
    if (mode !== 'CONFIG_MAP' && mode !== 'API_AND_CONFIG_MAP') return;
    const alone = mode === 'CONFIG_MAP';
    yield {
      resource: clusterResource(eksCluster),
      key: 'authentication-mode',
      severity: alone ? 'medium' : 'low',
      message: alone
        ? 'The ConfigMap kube-system/aws-auth alone decides who may sign in'
        : 'The ConfigMap kube-system/aws-auth still decides, beside access entries, who may sign in',
      cause: `authentication mode ${mode}`,
      evidence: { authenticationMode: mode },
    };
  },
});
