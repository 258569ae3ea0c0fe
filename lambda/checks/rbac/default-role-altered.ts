import { NEWEST_KNOWN_MINOR } from '../../facts/rbac/defaults/known-roles.ts';
import { kubernetesMinor } from '../../facts/rbac/kubernetes-minor.ts';
import { defineCheck } from '../define-check.ts';

/**
 * One of Kubernetes' own ClusterRoles holds more than any known version of Kubernetes gives it, or is kept from being put right when the API
 * server starts. view, edit and admin are filled from others, and a check of their own is about that.
 */
export const defaultRoleAltered = defineCheck({
  id: 'default-role-altered',
  revision: 1,
  area: 'rbac',
  title: "A role of Kubernetes' own says more than it should",
  severity: 'medium',
  rationale: 'Nobody looks twice at a role of the system: a rule that is added to one gives it to all that are bound to it, and one that is never put right misses what a new version takes away.',
  remediation: 'Delete the role, which the API server makes again as it should be when it starts, and put what was added into a role of your own.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation'],
  controls: ['nsa-1.2/authentication', 'attack/T1098.006'],
  needs: ['defaultObjects', 'kubernetesVersion'],
  applies: ({ kubernetesVersion }) =>
    (kubernetesMinor(kubernetesVersion) ?? 0) <= NEWEST_KNOWN_MINOR || `the own objects of Kubernetes ${kubernetesVersion} are not known to this version`,
  identity: { resource: 'the ClusterRole', key: 'added rules, or kept as it is' },
  *evaluate({ defaultObjects }) {
    for (const { resource, added, kept } of defaultObjects.altered) {
      const cause = `ClusterRole ${resource.name}`;
      if (added.length > 0) yield { resource, key: 'rules', message: `${cause} holds more than Kubernetes gives it: ${added[0]!}`, cause: `${cause}: rules`, evidence: { added }, restsOn: ['clusterRoles', 'kubernetesVersion'] };
      if (kept) yield { resource, key: 'autoupdate', severity: 'low', message: `${cause} is not put right when the API server starts`, cause: `${cause}: autoupdate`, evidence: {}, restsOn: ['clusterRoles'] };
    }
  },
});
