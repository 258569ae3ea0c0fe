import { CONDITIONAL_POWERS } from '../../facts/rbac/conditional-powers.ts';
import { POWERS } from '../../facts/rbac/powers.ts';
import type { RbacGrants, Right } from '../../facts/rbac/right.ts';
import { atLeast } from '../../model/severity.ts';
import { defineCheck } from '../define-check.ts';

/**
 * A ServiceAccount holds powers that are high or worse, and no template and no pod uses it: nobody in the cluster misses them. Accounts that do not exist, and those of Kubernetes and
 * EKS, are told elsewhere.
 */
export const unusedAccountRights = defineCheck({
  id: 'unused-account-rights',
  revision: 1,
  area: 'rbac',
  title: 'A ServiceAccount that no pod uses holds dangerous rights',
  severity: 'low',
  rationale: 'Rights that nobody uses are missed by nobody and watched by nobody; whoever may run a pod there, or make a token of the account, uses them.',
  remediation: 'Take the account out of its bindings or delete it; where something outside the cluster signs in with its token, give that an identity of its own.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review'],
  controls: ['cis-eks-1.8.0/4.1.1', 'nsa-1.2/authentication', 'attack/T1078'],
  needs: ['rbacGrants', 'serviceAccounts'],
  wants: ['workloads'],
  identity: { resource: 'the ServiceAccount', key: 'always `unused`' },
  *evaluate({ rbacGrants, serviceAccounts, workloads }) {
    // That nothing uses it is known where everything was read.
    if (!workloads.ok || workloads.unread.length > 0) return;
    const used = new Set(workloads.value.map(({ resource, serviceAccount }) => `${resource.namespace}/${serviceAccount}`));
    const there = new Set(serviceAccounts.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`));
    for (const [account, rights] of dangerousRights(rbacGrants)) {
      if (used.has(account) || !there.has(account)) continue;
      const [first] = rights as readonly [Right];
      yield {
        resource: first.resource,
        key: 'unused',
        message: `No pod uses ServiceAccount ${account}, and ${first.message}`,
        cause: `unused: ${first.cause}`,
        evidence: { rights: rights.map(({ key }) => key).sort() },
        restsOn: [...new Set([...rights.flatMap(({ restsOn }) => restsOn), 'serviceAccounts' as const])].sort(),
      };
    }
  },
});

/** By account, the gravest first. */
function dangerousRights({ byPower }: RbacGrants): ReadonlyMap<string, readonly Right[]> {
  const rights = POWERS.filter((power) => !CONDITIONAL_POWERS.has(power)).flatMap((power) => byPower[power]);
  return Map.groupBy(rights.filter(({ resource, severity }) => resource.kind === 'ServiceAccount' && atLeast(severity, 'high')), ({ resource }) => `${resource.namespace}/${resource.name}`);
}
