import { principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

/** A ServiceAccount is annotated with a role, or associated with one, that does not exist or whose trust policy does not let it in. */
export const serviceAccountRoleUnusable = defineCheck({
  id: 'service-account-role-unusable',
  revision: 1,
  area: 'identity',
  title: 'A ServiceAccount cannot take the IAM role that it is given',
  severity: 'low',
  rationale: 'Its pods fail, or fall back to the role of their node; and whoever may create a role of that name decides what they do next.',
  remediation: 'Correct the trust policy of the role, or remove the annotation or the association.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html', 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html'],
  controls: ['nsa-1.2/authentication'],
  needs: ['serviceAccountRoles', 'iamRoles'],
  wants: ['serviceAccounts', 'eksPodIdentityAssociations'],
  identity: { resource: 'the ServiceAccount', key: 'the IAM role' },
  unjudged: ({ serviceAccountRoles }) => serviceAccountRoles.unsaid,
  *evaluate({ serviceAccountRoles }) {
    for (const { namespace, serviceAccount, roleArn, via, trust } of serviceAccountRoles.roles) {
      const denied = typeof trust === 'object' && (trust.decision === 'implicitDeny' || trust.decision === 'explicitDeny');
      if (trust !== 'absent' && !denied) continue;
      const why = trust === 'absent' ? 'which does not exist' : 'whose trust policy does not let it in';
      yield {
        resource: { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: serviceAccount },
        key: roleArn,
        message: `ServiceAccount ${namespace}/${serviceAccount} is given ${principalText(roleArn)}, ${why}`,
        cause: trust === 'absent' ? 'role does not exist' : 'trust policy does not let it in',
        evidence: { by: via, ...(typeof trust === 'object' ? { decision: trust.decision } : {}) },
      };
    }
  },
});
