import { defineCheck } from '../define-check.ts';

/** update or patch on certificatesigningrequests/status with sign for a signer; create, update or patch on clustertrustbundles. */
export const certificateSigning = defineCheck({
  id: 'certificate-signing',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may issue certificates or decide which are trusted',
  severity: 'high',
  rationale:
    'Who fills in the certificate of a signing request makes identities that others believe; who writes trust bundles makes pods believe in servers of its own.',
  remediation: 'Leave sign and trust bundles to the controllers of their signers, by resourceNames.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1649'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    for (const power of ['trust-bundle-write', 'csr-signing'] as const) yield* rbacGrants.byPower[power];
  },
});
