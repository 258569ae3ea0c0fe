import { defineCheck } from '../define-check.ts';

/**
 * bind on roles by their names, with the creation of bindings, where one of these roles gives a power that the subject has not: it is as grave as that. bind on any role, and
 * on cluster-admin, is a finding of another check.
 */
export const namedRoleBind = defineCheck({
  id: 'named-role-bind',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may give itself a role that says more than it has',
  severity: 'high',
  worstSeverity: 'critical',
  rationale: 'A right to hand a role out is a right to take it: whoever takes over the identity binds the role to itself and has all that it says.',
  remediation: 'Let resourceNames of bind name only roles that may fall into the hands of whoever hands them out, and keep the creation of bindings to the namespaces that are meant.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update', 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  controls: ['cis-eks-1.8.0/4.1.8', 'nsa-1.2/authentication', 'attack/T1098.006'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: '`bind`, role and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.namedBinds;
  },
});
