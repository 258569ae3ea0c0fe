import { defineCheck } from '../define-check.ts';

/** escalate on roles with a write of them, or bind on roles with a write of bindings: the rule that nobody grants more than they have is off. */
export const rbacEscalation = defineCheck({
  id: 'rbac-escalation',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may give itself any right',
  severity: 'high',
  worstSeverity: 'critical',
  rationale: 'With escalate or bind, an identity writes itself a role or a binding with everything: it is an administrator in two commands.',
  remediation: 'Remove the verbs escalate and bind, or limit bind by resourceNames to the roles that may be handed out.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  controls: ['cis-eks-1.8.0/4.1.8', 'nsa-1.2/authentication', 'attack/T1098.006'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['rbac-escalation'];
  },
});
