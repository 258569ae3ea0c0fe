import { defineCheck } from '../define-check.ts';

/** A binding of the group system:masters beside Kubernetes' own. The group is allowed everything before RBAC is asked, and cannot be taken back. */
export const systemMastersBinding = defineCheck({
  id: 'system-masters-binding',
  revision: 1,
  area: 'rbac',
  title: 'The group that no rule can stop is in use',
  severity: 'critical',
  rationale:
    'Members of system:masters pass every authorizer and every check on escalation; removing a binding takes nothing from them. A binding of it shows that somebody is made a member.',
  remediation: 'Bind a group of your own, map your people to it, and give nobody system:masters.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078'],
  needs: ['rbacGrants'],
  identity: { resource: 'the group system:masters', key: 'scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.masters;
  },
});
