import { defineCheck } from '../define-check.ts';

/** system:authenticated or system:serviceaccounts holds a power: every identity inherits it, so it is one step graver than for one. */
export const authenticatedAccess = defineCheck({
  id: 'authenticated-access',
  revision: 1,
  area: 'rbac',
  title: 'Everyone who can sign in holds a dangerous right',
  severity: 'critical',
  rationale: 'Every pod has a token and every mapped IAM identity signs in: the weakest of them, a compromised web server, has this right.',
  remediation: 'Bind a group or account of those who need it instead of system:authenticated or system:serviceaccounts.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions',
  ],
  controls: ['cis-eks-1.8.0/4.1.1', 'nsa-1.2/authentication', 'attack/T1078'],
  needs: ['rbacGrants'],
  identity: { resource: 'system:authenticated or system:serviceaccounts', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.ofEveryone;
  },
});
