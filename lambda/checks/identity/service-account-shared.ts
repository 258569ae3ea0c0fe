import { holdingsOf, unclearAccounts } from '../../facts/identity/account-holdings.ts';
import { unsaid } from '../../facts/unsaid.ts';
import { applicationsOfWorkload, areOneApplication, standing } from '../../facts/workloads/application.ts';
import type { Workload } from '../../facts/workloads/workload.ts';
import { compareText } from '../../model/compare-text.ts';
import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';

/**
 * Workloads that no label puts into one application (`app.kubernetes.io/instance`, `part-of`; of those that have neither by what they are called) run as one ServiceAccount that holds a
 * dangerous right or an IAM role. `default` has checks of its own. Jobs and pods that no controller made come and go, and do not count.
 */
export const serviceAccountShared = defineCheck({
  id: 'service-account-shared',
  revision: 1,
  area: 'identity',
  title: 'Unrelated workloads share an account with dangerous rights',
  severity: 'low',
  rationale: 'Each of them holds what only one needs: whoever takes over the weakest has the rights of all, and no log tells which of them used a right.',
  remediation: 'Give each application a ServiceAccount of its own, and bind to that what it uses.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege', 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'],
  controls: ['cis-eks-1.8.0/5.2.1', 'nsa-1.2/authentication', 'attack/T1078'],
  needs: ['workloads'],
  wants: ['rbacGrants', 'serviceAccountRoles'],
  identity: { resource: 'the ServiceAccount', key: 'always `shared`' },
  unjudged({ workloads, rbacGrants, serviceAccountRoles }) {
    const shared = sharedAccounts(workloads);
    if (!serviceAccountRoles.ok || shared.size === 0) return [];
    const holdings = holdingsOf(rbacGrants.ok ? rbacGrants.value : undefined, serviceAccountRoles.value);
    const unclear = unclearAccounts(serviceAccountRoles.value);
    const first = [...shared.keys()].sort(compareText).find((account) => !holdings.has(account) && unclear.has(account));
    return first === undefined ? [] : [unsaid('iamRoles', `whether an IAM role lets in ServiceAccount ${first}, which unrelated workloads share, is not known`)];
  },
  *evaluate({ workloads, rbacGrants, serviceAccountRoles }) {
    const shared = sharedAccounts(workloads);
    if (shared.size === 0) return;
    const holdings = holdingsOf(rbacGrants.ok ? rbacGrants.value : undefined, serviceAccountRoles.ok ? serviceAccountRoles.value : undefined);
    for (const [account, users] of shared) {
      const held = holdings.get(account);
      if (!held) continue;
      const names = [...new Set(users.map(({ resource: { kind, name } }) => `${kind} ${name}`))].sort(compareText);
      const { namespace } = users[0]!.resource;
      yield {
        resource: { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: users[0]!.serviceAccount },
        key: 'shared',
        message: `${listed(names)} run as one ServiceAccount, and ${held[0]!.says}`,
        cause: 'one account for unrelated workloads',
        evidence: { workloads: names, has: held.map(({ what }) => what) },
        restsOn: [...new Set([...users.map(({ source }) => source), ...held.flatMap(({ restsOn }) => restsOn)])].sort(),
      };
    }
  },
});

type SharedAccounts = ReadonlyMap<string, readonly Workload[]>;

const known = new WeakMap<readonly Workload[], SharedAccounts>();

/** By `namespace/name` those that workloads of more than one application run as. What is not judged asks for the same as what is found. */
function sharedAccounts(workloads: readonly Workload[]): SharedAccounts {
  let shared = known.get(workloads);
  if (!shared) known.set(workloads, (shared = findShared(workloads)));
  return shared;
}

function findShared(workloads: readonly Workload[]): SharedAccounts {
  const named = standing(workloads).filter(({ serviceAccount }) => serviceAccount !== 'default');
  const byAccount = Map.groupBy(named, ({ resource, serviceAccount }) => `${resource.namespace}/${serviceAccount}`);
  return new Map([...byAccount].filter(([, users]) => !areOneApplication(users.map(applicationsOfWorkload))));
}
