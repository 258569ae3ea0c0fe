import { asking, asksInNamespace } from './asks.ts';
import { boundRoles } from './bound-roles.ts';
import type { SubjectGrants } from './grant.ts';
import { heldAsks, powerReader, type PowerReader } from './held-powers.ts';
import { POWERS, contains, strongest, type Power } from './powers.ts';
import { namedBinds, type BindJudge } from './named-binds.ts';
import type { BoundRole, NamedBind, RbacGrants, Right } from './right.ts';
import { heldRight, rightBy, type HeldRight } from './right-of.ts';
import { CONDITIONAL_POWERS } from './conditional-powers.ts';
import { audienceOf, ownGroups, subjectResource, type Subject } from './subject.ts';

type BySubject = ReadonlyMap<string, SubjectGrants>;

/** Every right that is worth a finding, each in the list of who holds it. */
export function judgeSubjects(bySubject: BySubject, roleOf: BindJudge['roleOf']): Omit<RbacGrants, 'byDefault'> {
  const byPower = Object.fromEntries(POWERS.map((power) => [power, []])) as unknown as Record<Power, Right[]>;
  const shared = { namespace: [] as Right[], everyone: [] as Right[] };
  const bound = { anonymous: [] as BoundRole[], masters: [] as BoundRole[] };
  const read = powerReader();
  const binds: NamedBind[] = [];
  const groupsOf = groupFinder(bySubject);
  let before: Judged | undefined;
  for (const held of bySubject.values()) {
    const audience = audienceOf(held.subject);
    if (audience === 'anonymous' || audience === 'masters') {
      bound[audience].push(...boundRoles(held, audience));
      continue;
    }
    for (const bind of namedBinds(held, { bySubject, roleOf, read })) binds.push(bind);
    const groups = groupsOf(held.subject);
    // Those whom the same bindings name come one after the other.
    if (!before || !isLike(before, held, groups)) before = { held, groups, rights: rightsOf(held, groups, read) };
    const { rights } = before;
    const resource = subjectResource(held.subject);
    for (const right of rights) {
      const list = audience === 'particular' || CONDITIONAL_POWERS.has(right.power) ? byPower[right.power] : shared[audience];
      list.push(rightBy(held.subject, resource, right));
    }
  }
  const addonManager = bySubject.get('User eks:addon-manager')?.cluster.byDefault ?? 0n;
  return { byPower, ofNamespaces: shared.namespace, ofEveryone: shared.everyone, namedBinds: binds, ...bound, onEks: (addonManager & asking('everything')) !== 0n };
}

interface Judged {
  readonly held: SubjectGrants;
  readonly groups: readonly SubjectGrants[];
  readonly rights: readonly HeldRight[];
}

function isLike({ held: { cluster, namespaces }, groups }: Judged, held: SubjectGrants, ownGroups: readonly SubjectGrants[]): boolean {
  return held.cluster === cluster && held.namespaces === namespaces && ownGroups.length === groups.length && ownGroups.every((group, index) => group === groups[index]);
}

const NO_GROUPS: readonly SubjectGrants[] = [];

/** What the own groups of a subject hold; mostly none holds anything, and nobody asks for them one by one. */
function groupFinder(bySubject: BySubject): (subject: Subject) => readonly SubjectGrants[] {
  let anyOfAll = false;
  let anyOfNamespaces = false;
  for (const { subject: { kind, name } } of bySubject.values()) {
    if (kind !== 'Group') continue;
    anyOfAll ||= name === 'system:authenticated';
    anyOfNamespaces ||= name.startsWith('system:serviceaccounts');
  }
  return (subject) => {
    if (!anyOfAll && (!anyOfNamespaces || subject.kind === 'User')) return NO_GROUPS;
    return ownGroups(subject).flatMap((group) => bySubject.get(group) ?? []);
  };
}

function rightsOf(held: SubjectGrants, groups: readonly SubjectGrants[], read: PowerReader): readonly HeldRight[] {
  const { cluster, namespaces } = held;
  const rights: HeldRight[] = [];
  const everywhere = heldAsks(held, undefined);
  const clusterPowers = read(everywhere.asks, 'cluster');
  const ofGroups = groups.flatMap((group) => read(heldAsks(group, undefined).asks, 'cluster'));
  if (cluster.grants.length > 0) {
    for (const power of beyond(clusterPowers, read(cluster.byDefault, 'cluster'), ofGroups)) rights.push(heldRight(power, undefined, everywhere, clusterPowers));
  }
  if (clusterPowers.includes('cluster-admin')) return rights;
  for (const [namespace, scope] of namespaces) {
    // What the cluster-wide grants say already is not news in a namespace.
    if ((scope.asks & ~cluster.asks) === 0n) continue;
    const here = heldAsks(held, namespace);
    const byDefault = read(scope.byDefault | asksInNamespace(cluster.byDefault, namespace), 'namespace');
    const ofGroupsHere = groups.length === 0 ? ofGroups : groups.flatMap((group) => read(heldAsks(group, namespace).asks, 'namespace'));
    const powers = read(here.asks, 'namespace');
    for (const power of beyond(powers, clusterPowers, byDefault, ofGroups, ofGroupsHere)) rights.push(heldRight(power, namespace, here, powers));
  }
  return rights;
}

/** The strongest of these powers that are not contained in what is there anyway. */
function beyond(powers: readonly Power[], ...elsewhere: readonly (readonly Power[])[]): readonly Power[] {
  const top = strongestOf(powers);
  const there = elsewhere.filter((others) => others.length > 0);
  return there.length === 0 ? top : top.filter((power) => !there.some((others) => others.some((other) => contains(other, power))));
}

const strongestPowers = new WeakMap<readonly Power[], readonly Power[]>();

/** Worked out once for what the reader of powers remembers. */
function strongestOf(powers: readonly Power[]): readonly Power[] {
  let top = strongestPowers.get(powers);
  if (!top) strongestPowers.set(powers, (top = strongest(powers)));
  return top;
}
