import { defineCheck } from '../define-check.ts';

/** create on Secrets, or update or patch of any of them. */
export const secretsWrite = defineCheck({
  id: 'secrets-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may change Secrets',
  severity: 'high',
  rationale:
    'A created Secret of type service-account-token yields a token of any account of the namespace; a changed one puts the credentials, certificates or Helm releases of the writer in place of the owner’s.',
  remediation: 'Grant update on the named Secrets that are written (resourceNames), in their namespace.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
  ],
  controls: ['cis-eks-1.8.0/4.1.2', 'nsa-1.2/authentication', 'attack/T1528'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['secrets-write'];
  },
});
