import { defineCheck } from '../define-check.ts';

/** get, list or watch on Secrets without resourceNames. A list shows contents, as a get does. */
export const secretsRead = defineCheck({
  id: 'secrets-read',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may read every Secret',
  severity: 'high',
  worstSeverity: 'critical',
  rationale:
    'Secrets hold database passwords, API keys and certificates, and in old clusters tokens of ServiceAccounts: whoever reads them acts as their owners, inside and outside of the cluster.',
  remediation: 'Grant get on the named Secrets that are used (resourceNames), or mount them into the pods that need them.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets',
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  ],
  controls: ['cis-eks-1.8.0/4.1.2', 'nsa-1.2/authentication', 'attack/T1552.007', 'ms-k8s/MS-TA9025'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['secrets-read'];
  },
});
