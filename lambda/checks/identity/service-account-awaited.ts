import { principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

/** A Pod Identity association, or the trust policy of a role, names a ServiceAccount that does not exist: whoever may create it has the role. */
export const serviceAccountAwaited = defineCheck({
  id: 'service-account-awaited',
  revision: 1,
  area: 'identity',
  title: 'An IAM role waits for a ServiceAccount that does not exist',
  severity: 'medium',
  rationale: 'Whoever may create that account, or its namespace, and run a pod with it takes the role and what it may do in the AWS account.',
  remediation: 'Remove the association or the condition of the trust policy, or create the account.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html', 'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html'],
  controls: ['nsa-1.2/authentication', 'attack/T1078.004', 'ms-k8s/MS-TA9020'],
  needs: ['serviceAccountRoles', 'serviceAccounts'],
  wants: ['eksPodIdentityAssociations', 'iamRoles'],
  identity: { resource: 'the missing ServiceAccount', key: 'the IAM role' },
  unjudged: ({ serviceAccountRoles }) => serviceAccountRoles.unsaid.filter(({ source }) => source === 'eksCluster'),
  *evaluate({ serviceAccountRoles }) {
    for (const { namespace, serviceAccount, roleArn, via } of serviceAccountRoles.awaited) {
      yield {
        resource: { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: serviceAccount },
        key: roleArn,
        message: `${principalText(roleArn)} waits for ServiceAccount ${namespace}/${serviceAccount}, which does not exist, by ${via === 'pod-identity' ? 'a Pod Identity association' : 'its trust policy'}`,
        cause: `ServiceAccount ${namespace}/${serviceAccount} does not exist`,
        evidence: { by: via },
      };
    }
  },
});
