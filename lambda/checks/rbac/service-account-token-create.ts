import { defineCheck } from '../define-check.ts';

/** create on serviceaccounts/token without resourceNames; or create on Secrets, of the type that is filled with a token, with a right to read them. */
export const serviceAccountTokenCreate = defineCheck({
  id: 'service-account-token-create',
  revision: 2,
  area: 'rbac',
  title: 'Somebody may make tokens of any ServiceAccount',
  severity: 'high',
  worstSeverity: 'critical',
  rationale:
    'A token that is made for an account gives all of its rights, to its IAM role too, from anywhere that reaches the API server, for as long as it lasts.',
  remediation: 'Limit it by resourceNames to the accounts that are meant, and give nobody both create and get or list on Secrets.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request',
    'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
  ],
  controls: ['cis-eks-1.8.0/4.1.12', 'nsa-1.2/authentication', 'attack/T1528'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['service-account-token-create', 'service-account-token-by-secret'] as const) yield* rbacGrants.byPower[power];
  },
});
