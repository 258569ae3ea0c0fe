import { principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

/** The ServiceAccount `default` of a namespace has an IAM role, by annotation or by a Pod Identity association. */
export const defaultServiceAccountRole = defineCheck({
  id: 'default-service-account-role',
  revision: 1,
  area: 'identity',
  title: 'Every pod of a namespace without an account of its own has an IAM role',
  severity: 'high',
  rationale: 'Whatever runs there without saying as whom has the role and what it may do in the AWS account.',
  remediation: 'Give the workload that needs the role a ServiceAccount of its own, and the role to that one.',
  references: ['https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'],
  controls: ['cis-eks-1.8.0/4.1.5', 'cis-eks-1.8.0/5.2.1', 'nsa-1.2/authentication', 'attack/T1078.004'],
  needs: ['serviceAccountRoles', 'iamRoles'],
  wants: ['serviceAccounts', 'eksPodIdentityAssociations'],
  identity: { resource: 'the ServiceAccount', key: 'the IAM role' },
  *evaluate({ serviceAccountRoles }) {
    for (const { namespace, serviceAccount, roleArn, via, trust } of serviceAccountRoles.roles) {
      const refused = trust === 'absent' || (typeof trust === 'object' && (trust.decision === 'implicitDeny' || trust.decision === 'explicitDeny'));
      if (serviceAccount !== 'default' || refused) continue;
      yield {
        resource: { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: serviceAccount },
        key: roleArn,
        message: `Every pod of ${namespace} without an account of its own has ${principalText(roleArn)}, by ${via === 'pod-identity' ? 'a Pod Identity association' : 'the annotation of its default ServiceAccount'}`,
        cause: 'role of a default ServiceAccount',
        evidence: { by: via },
      };
    }
  },
});
