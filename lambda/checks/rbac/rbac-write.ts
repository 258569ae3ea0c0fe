import { defineCheck } from '../define-check.ts';

/** create, update or patch on roles or bindings, without escalate or bind: limited to what the writer holds. */
export const rbacWrite = defineCheck({
  id: 'rbac-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may pass its rights on to others',
  severity: 'low',
  rationale: 'The API server lets them grant only what they have; but an attacker keeps access by it after the stolen credential is gone.',
  remediation: 'Let a deployment pipeline write roles and bindings, and nobody else.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping'],
  controls: ['cis-eks-1.8.0/4.1.8', 'attack/T1098.006'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['rbac-write'];
  },
});
