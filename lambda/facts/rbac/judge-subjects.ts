import { asking, asksInNamespace } from './asks.ts';
import { boundRoles } from './bound-roles.ts';
import type { SubjectGrants } from './grant.ts';
import { heldAsks, powerReader, type PowerReader } from './held-powers.ts';
import { POWERS, contains, strongest, type Power } from './powers.ts';
import { namedBinds, type BindJudge } from './named-binds.ts';
import type { BoundRole, NamedBind, RbacGrants, Right } from './right.ts';
import { rightOf } from './right-of.ts';
import { CONDITIONAL_POWERS } from './conditional-powers.ts';
import { audienceOf, ownGroups } from './subject.ts';

/** Every right that is worth a finding, each in the list of who holds it. */
export function judgeSubjects(bySubject: ReadonlyMap<string, SubjectGrants>, roleOf: BindJudge['roleOf']): Omit<RbacGrants, 'byDefault'> {
  const byPower = Object.fromEntries(POWERS.map((power) => [power, []])) as unknown as Record<Power, Right[]>;
  const shared = { namespace: [] as Right[], everyone: [] as Right[] };
  const bound = { anonymous: [] as BoundRole[], masters: [] as BoundRole[] };
  const read = powerReader();
  const binds: NamedBind[] = [];
  for (const held of bySubject.values()) {
    const audience = audienceOf(held.subject);
    if (audience === 'anonymous' || audience === 'masters') {
      bound[audience].push(...boundRoles(held, audience));
      continue;
    }
    binds.push(...namedBinds(held, { bySubject, roleOf, read }));
    for (const right of rightsOf(held, bySubject, read)) {
      if (audience === 'particular' || CONDITIONAL_POWERS.has(right.power)) byPower[right.power].push(right);
      else shared[audience].push(right);
    }
  }
  const addonManager = bySubject.get('User eks:addon-manager')?.cluster.byDefault ?? 0n;
  return { byPower, ofNamespaces: shared.namespace, ofEveryone: shared.everyone, namedBinds: binds, ...bound, onEks: (addonManager & asking('everything')) !== 0n };
}

function* rightsOf(held: SubjectGrants, bySubject: ReadonlyMap<string, SubjectGrants>, read: PowerReader): Iterable<Right> {
  const { cluster, namespaces } = held;
  const groups = ownGroups(held.subject).flatMap((group) => bySubject.get(group) ?? []);
  const everywhere = heldAsks(held, undefined);
  const clusterPowers = read(everywhere.asks, 'cluster');
  const ofGroups = groups.flatMap((group) => read(heldAsks(group, undefined).asks, 'cluster'));
  if (cluster.grants.length > 0) {
    const elsewhere = [...read(cluster.byDefault, 'cluster'), ...ofGroups];
    for (const power of beyond(clusterPowers, elsewhere)) yield rightOf(held, power, undefined, everywhere, clusterPowers);
  }
  if (clusterPowers.includes('cluster-admin')) return;
  for (const [namespace, scope] of namespaces) {
    // What the cluster-wide grants say already is not news in a namespace.
    if ((scope.asks & ~cluster.asks) === 0n) continue;
    const here = heldAsks(held, namespace);
    const byDefault = read(scope.byDefault | asksInNamespace(cluster.byDefault, namespace), 'namespace');
    const ofGroupsHere = groups.flatMap((group) => read(heldAsks(group, namespace).asks, 'namespace'));
    const elsewhere = [...clusterPowers, ...byDefault, ...ofGroups, ...ofGroupsHere];
    const powers = read(here.asks, 'namespace');
    for (const power of beyond(powers, elsewhere)) yield rightOf(held, power, namespace, here, powers);
  }
}

/** The strongest of these powers that are not contained in what is there anyway. */
function beyond(powers: readonly Power[], elsewhere: readonly Power[]): readonly Power[] {
  return strongestOf(powers).filter((power) => !elsewhere.some((other) => contains(other, power)));
}

const strongestPowers = new WeakMap<readonly Power[], readonly Power[]>();

/** Worked out once for what the reader of powers remembers. */
function strongestOf(powers: readonly Power[]): readonly Power[] {
  let top = strongestPowers.get(powers);
  if (!top) strongestPowers.set(powers, (top = strongest(powers)));
  return top;
}
