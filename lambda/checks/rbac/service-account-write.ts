import { defineCheck } from '../define-check.ts';

/** create, update or patch on ServiceAccounts without resourceNames. */
export const serviceAccountWrite = defineCheck({
  id: 'service-account-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may give ServiceAccounts roles in AWS',
  severity: 'high',
  rationale:
    'The annotation of a ServiceAccount chooses the IAM role that its pods take, where the trust of that role lets it; an account that a Pod Identity association or a binding waits for is made with all that it was promised.',
  remediation: 'Let the pipeline that deploys workloads write ServiceAccounts, by resourceNames where they exist.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
    'https://kubernetes.io/docs/concepts/security/service-accounts/',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1098'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['service-account-write'];
  },
});
