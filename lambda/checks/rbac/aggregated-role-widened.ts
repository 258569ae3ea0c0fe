import { defineCheck } from '../define-check.ts';

/**
 * A ClusterRole whose label aggregates it into view, edit or admin adds a power that holders of these do not expect. What the holders then
 * have is said of each of them by the check of the power.
 */
export const aggregatedRoleWidened = defineCheck({
  id: 'aggregated-role-widened',
  revision: 1,
  area: 'rbac',
  title: 'A role that people take for harmless gives more than it says',
  severity: 'medium',
  rationale:
    'view, edit and admin are handed out without a second look; a ClusterRole with an aggregation label adds to all of them at once, in every namespace where they are bound.',
  remediation: 'Take the aggregation label off the ClusterRole, or the rules that are not for everyone.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles'],
  controls: ['nsa-1.2/authentication', 'attack/T1098.006'],
  needs: ['widenedRoles'],
  identity: { resource: 'the ClusterRole', key: 'the widened role and the power' },
  *evaluate({ widenedRoles }) {
    for (const { resource, into, power, says, rules } of widenedRoles) {
      yield {
        resource,
        key: `${into}/${power}`,
        message: `Whoever holds ${into} ${says}, through ClusterRole ${resource.name}`,
        cause: `ClusterRole ${resource.name}: ${power}`,
        evidence: { into, rules },
      };
    }
  },
});
