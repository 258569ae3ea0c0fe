import { defineCheck } from '../define-check.ts';

/**
 * Change of the ConfigMap kube-system/aws-auth, or its creation where it is not there, while the cluster reads it: it maps IAM identities to
 * groups, system:masters among them. Where the EKS side is not known but the ConfigMap is there, the mode is inferred: medium.
 */
export const awsAuthWritable = defineCheck({
  id: 'aws-auth-writable',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may make any IAM identity cluster-admin',
  severity: 'critical',
  rationale: 'One line in aws-auth maps an IAM role of any account to system:masters: full control that outlives every change of RBAC.',
  remediation: 'Move the mappings to access entries and set the authentication mode to API; until then limit writes of ConfigMaps in kube-system.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html',
  ],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1098.006'],
  needs: ['rbacGrants'],
  wants: ['eksCluster', 'awsAuth'],
  fields: { eksCluster: ['accessConfig.authenticationMode'] },
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  applies: ({ eksCluster }) =>
    !eksCluster.ok || eksCluster.value?.accessConfig?.authenticationMode !== 'API' || 'the cluster takes access entries alone: aws-auth has no effect',
  *evaluate({ rbacGrants, eksCluster, awsAuth }) {
    const present = awsAuth.ok && awsAuth.value.length > 0;
    if (!eksCluster.ok && !present) return;
    const power = awsAuth.ok && !present ? 'aws-auth-create' : 'aws-auth-update';
    for (const right of rbacGrants.byPower[power]) {
      if (eksCluster.ok) yield { ...right, restsOn: [...right.restsOn, 'eksCluster', ...(awsAuth.ok ? (['awsAuth'] as const) : [])] };
      else yield { ...right, severity: 'medium', message: `${right.message}, if the cluster reads it`, restsOn: [...right.restsOn, 'awsAuth'] };
    }
  },
});
