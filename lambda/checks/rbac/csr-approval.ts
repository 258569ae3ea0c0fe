import { defineCheck } from '../define-check.ts';

/**
 * update or patch on certificatesigningrequests/approval with approve for the signer of client certificates. EKS itself does not sign those,
 * which makes it less grave than elsewhere.
 */
export const csrApproval = defineCheck({
  id: 'csr-approval',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may approve certificates for any user',
  severity: 'medium',
  rationale:
    'An approved client certificate is a login as whatever user it names, and cannot be revoked. EKS refuses to sign these; other signers in the cluster may not.',
  remediation: 'Limit approve by resourceNames to the signers that are meant.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing',
    'https://docs.aws.amazon.com/eks/latest/userguide/cert-signing.html',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1078'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['csr-approval'];
  },
});
