import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import type { OpenTo } from '../../facts/identity/service-account-role.ts';
import type { Severity } from '../../model/severity.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A role's trust policy lets in ServiceAccounts that it does not name: its conditions on the `sub` of the cluster's issuer are missing, negated, or have wildcards that fit other
 * namespaces. Found by asking for accounts that no policy could mean.
 */
export const serviceAccountRoleOpen = defineCheck({
  id: 'service-account-role-open',
  revision: 1,
  area: 'identity',
  title: 'ServiceAccounts that nobody meant may take an IAM role',
  severity: 'high',
  rationale: 'Whoever may make a ServiceAccount, or run a pod with one, takes the role and what it may do in the AWS account.',
  remediation: 'Compare `sub` of the issuer by StringEquals with `system:serviceaccount:<namespace>:<name>` of each account that is meant.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html', 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'],
  controls: ['nsa-1.2/authentication', 'attack/T1078.004', 'ms-k8s/MS-TA9020'],
  needs: ['serviceAccountRoles', 'iamRoles'],
  wants: ['serviceAccounts'],
  identity: { resource: 'the IAM role', key: 'whom it lets in' },
  unjudged: ({ serviceAccountRoles }) => serviceAccountRoles.unsaid,
  *evaluate({ serviceAccountRoles }) {
    for (const { roleArn, to } of serviceAccountRoles.open) {
      const { key, whom, severity, cause } = wordsOf(to);
      yield { resource: principalResource(roleArn), key, severity, message: `${whom} may take ${principalText(roleArn)}`, cause, evidence: {} };
    }
  },
});

function wordsOf(to: OpenTo): { readonly key: string; readonly whom: string; readonly severity: Severity; readonly cause: string } {
  switch (to.kind) {
    case 'any':
      return { key: 'any', whom: 'Every ServiceAccount of this cluster', severity: 'high', cause: 'trust policy without a condition on sub' };
    case 'any-of-issuer':
      return { key: `any of ${to.issuer}`, whom: `Every ServiceAccount of the cluster with issuer ${to.issuer}`, severity: 'high', cause: 'trust policy without a condition on sub, for another cluster' };
    case 'any-namespace':
      return { key: `*/${to.serviceAccount}`, whom: `A ServiceAccount ${to.serviceAccount} of any namespace`, severity: 'high', cause: 'trust policy for any namespace' };
    case 'namespace-prefix':
      return { key: `${to.namespace}*`, whom: `A ServiceAccount of any namespace that begins with ${to.namespace}`, severity: 'medium', cause: 'trust policy for namespaces that begin alike' };
    case 'namespace':
      return { key: `${to.namespace}/*`, whom: `Every ServiceAccount of namespace ${to.namespace}`, severity: 'medium', cause: 'trust policy for every account of a namespace' };
  }
}
