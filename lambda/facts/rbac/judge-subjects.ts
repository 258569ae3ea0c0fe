import { asking, asksInNamespace, type Asks } from './asks.ts';
import { boundRoles } from './bound-roles.ts';
import type { ScopeGrants, SubjectGrants } from './grant.ts';
import { POWERS, contains, powersOf, strongest, type Power, type PowerScope } from './powers.ts';
import type { BoundRole, RbacGrants, Right } from './right.ts';
import { rightOf } from './right-of.ts';
import { audienceOf, ownGroups } from './subject.ts';

/** Not powers by RBAC alone: their checks ask the API server's version and the EKS side too, and answer for every kind of subject. */
const CONDITIONAL: ReadonlySet<Power> = new Set(['pod-exec-by-get', 'aws-auth-update', 'aws-auth-create']);
const NOTHING: ScopeGrants = { asks: 0n, byDefault: 0n, grants: [] };

/** Reads powers off answers; different answers are few in a cluster, so each is worked out once. */
type PowerReader = (asks: Asks, scope: PowerScope) => readonly Power[];

function powerReader(): PowerReader {
  const memo = { cluster: new Map<Asks, readonly Power[]>(), namespace: new Map<Asks, readonly Power[]>() };
  return (asks, scope) => {
    if (asks === 0n) return [];
    let powers = memo[scope].get(asks);
    if (!powers) memo[scope].set(asks, (powers = powersOf(asks, scope)));
    return powers;
  };
}

/** Every right that is worth a finding, each in the list of who holds it. */
export function judgeSubjects(bySubject: ReadonlyMap<string, SubjectGrants>): RbacGrants {
  const byPower = Object.fromEntries(POWERS.map((power) => [power, []])) as unknown as Record<Power, Right[]>;
  const shared = { namespace: [] as Right[], everyone: [] as Right[] };
  const bound = { anonymous: [] as BoundRole[], masters: [] as BoundRole[] };
  const read = powerReader();
  for (const held of bySubject.values()) {
    const audience = audienceOf(held.subject);
    if (audience === 'anonymous' || audience === 'masters') {
      bound[audience].push(...boundRoles(held, audience));
      continue;
    }
    for (const right of rightsOf(held, bySubject, read)) {
      if (audience === 'particular' || CONDITIONAL.has(right.power)) byPower[right.power].push(right);
      else shared[audience].push(right);
    }
  }
  const addonManager = bySubject.get('User eks:addon-manager')?.cluster.byDefault ?? 0n;
  return { byPower, ofNamespaces: shared.namespace, ofEveryone: shared.everyone, ...bound, onEks: (addonManager & asking('everything')) !== 0n };
}

function* rightsOf(held: SubjectGrants, bySubject: ReadonlyMap<string, SubjectGrants>, read: PowerReader): Iterable<Right> {
  const { cluster, namespaces } = held;
  const groups = ownGroups(held.subject).flatMap((group) => bySubject.get(group) ?? []);
  const clusterPowers = read(cluster.asks, 'cluster');
  if (cluster.grants.length > 0) {
    const elsewhere = [...read(cluster.byDefault, 'cluster'), ...groups.flatMap((group) => read(group.cluster.asks, 'cluster'))];
    for (const power of beyond(clusterPowers, elsewhere)) yield rightOf(held, power, undefined, cluster, NOTHING, clusterPowers);
  }
  if (clusterPowers.includes('cluster-admin')) return;
  for (const [namespace, scope] of namespaces) {
    const asks = scope.asks | asksInNamespace(cluster.asks, namespace);
    // What the cluster-wide grants say already is not news in a namespace.
    if ((scope.asks & ~cluster.asks) === 0n) continue;
    const elsewhere = [...clusterPowers, ...read(scope.byDefault | asksInNamespace(cluster.byDefault, namespace), 'namespace')];
    for (const group of groups) {
      elsewhere.push(...read(group.cluster.asks, 'cluster'), ...read(group.namespaces.get(namespace)?.asks ?? 0n, 'namespace'));
    }
    const powers = read(asks, 'namespace');
    for (const power of beyond(powers, elsewhere)) yield rightOf(held, power, namespace, scope, cluster, powers);
  }
}

/** The strongest of these powers that are not contained in what is there anyway. */
function beyond(powers: readonly Power[], elsewhere: readonly Power[]): readonly Power[] {
  return strongest(powers).filter((power) => !elsewhere.some((other) => contains(other, power)));
}
