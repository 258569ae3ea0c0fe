import { asking, asksInNamespace } from './asks.ts';
import { readBindings, type Binding, type RbacLists } from './bindings.ts';
import { CONDITIONAL_POWERS } from './conditional-powers.ts';
import { DEFAULT_SUBJECTS, isDefaultGrant } from './defaults/default-grants.ts';
import type { AnsweringRole, SubjectGrants } from './grant.ts';
import { heldAsks, powerReader, type PowerReader } from './held-powers.ts';
import { namedIdentities } from './named-identities.ts';
import { contains, strongest, type Power } from './powers.ts';
import type { Claim, DefaultRight } from './right.ts';
import { rightOf } from './right-of.ts';
import { audienceOf, canonicalSubject, ownGroups, subjectText, type Subject } from './subject.ts';

/**
 * What Kubernetes, EKS and add-ons give to subjects of their own, the strongest of each scope, and who beyond the defaults may become such a subject by its name. Who may become anybody
 * has a power that says so, and would make every default a finding.
 */
export function defaultRights(lists: RbacLists, bySubject: ReadonlyMap<string, SubjectGrants>, roleOf: (text: string) => AnsweringRole | undefined): readonly DefaultRight[] {
  const read = powerReader();
  const holders = new Map([...DEFAULT_SUBJECTS].flatMap((text) => {
    const held = bySubject.get(text);
    return held && audienceOf(held.subject) === 'particular' ? [[text, held] as const] : [];
  }));
  const claims = claimsOn(holders, lists, bySubject, roleOf);
  return [...holders].flatMap(([text, held]) => [...rightsByDefault(held, bySubject, read)].map((right) => ({ ...right, claims: claimsOf(claims.get(text) ?? [], right, bySubject, read) })));
}

function* rightsByDefault(held: SubjectGrants, bySubject: ReadonlyMap<string, SubjectGrants>, read: PowerReader): Iterable<Omit<DefaultRight, 'claims'>> {
  const { subject, cluster, namespaces } = held;
  const groups = ownGroups(subject).flatMap((group) => bySubject.get(group) ?? []);
  // What two rights say of different objects is no power, by default neither.
  const askedEverywhere = heldAsks(held, undefined);
  const clusterPowers = read(cluster.byDefault & askedEverywhere.asks, 'cluster');
  const everywhere = powersBeyond(clusterPowers, groups.flatMap((group) => read(heldAsks(group, undefined).asks, 'cluster')));
  for (const power of everywhere) yield { subject, power, right: rightOf(held, power, undefined, askedEverywhere, clusterPowers) };
  for (const [namespace, scope] of namespaces) {
    if ((scope.byDefault & ~cluster.byDefault) === 0n) continue;
    const asked = heldAsks(held, namespace);
    const powers = read((scope.byDefault | asksInNamespace(cluster.byDefault, namespace)) & asked.asks, 'namespace');
    const elsewhere = [...everywhere, ...groups.flatMap((group) => read(heldAsks(group, namespace).asks, 'namespace'))];
    for (const power of powersBeyond(powers, elsewhere)) yield { subject, power, namespace, right: rightOf(held, power, namespace, asked, powers) };
  }
}

/** The strongest of them that are not there anyway. What is a power only by more than RBAC says is left to the checks that ask for it. */
function powersBeyond(powers: readonly Power[], elsewhere: readonly Power[]): readonly Power[] {
  return strongest(powers).filter((power) => !CONDITIONAL_POWERS.has(power) && !elsewhere.some((other) => contains(other, power)));
}

const SOMEBODY = asking('impersonateSomeUser', 'impersonateSomeAccount');

/** By default subject, who may impersonate it or make tokens of it by its name. Only bindings of the whole cluster and of namespaces that have such accounts are looked at. */
function claimsOn(
  holders: ReadonlyMap<string, SubjectGrants>,
  lists: RbacLists,
  bySubject: ReadonlyMap<string, SubjectGrants>,
  roleOf: (text: string) => AnsweringRole | undefined,
): ReadonlyMap<string, readonly Claim[]> {
  const accounts = Map.groupBy([...holders.values()].map(({ subject }) => subject).filter(({ kind }) => kind === 'ServiceAccount'), ({ name }) => name);
  const places = new Set([...accounts.values()].flat().map(({ namespace }) => namespace));
  const claims = new Map<string, Claim[]>();
  for (const binding of readBindings(lists, canonicalSubject)) {
    if (binding.role === undefined || (binding.namespace !== undefined && !places.has(binding.namespace))) continue;
    const role = roleOf(binding.role);
    if (!role) continue;
    for (const { text, how } of claimedBy(role, binding, accounts)) {
      if (!holders.has(text)) continue;
      for (const { text: by, subject } of binding.subjects) {
        if (by === text || isDefaultGrant(binding.text, role.text, by) || audienceOf(subject) === 'masters') continue;
        if (text.startsWith('Group ') && !mayBeSomebody(by, bySubject)) continue;
        const known = claims.get(text) ?? [];
        claims.set(text, known);
        known.push({ subject, how, binding, role: role.text });
      }
    }
  }
  return claims;
}

/** The default subjects that a role names, where it is bound. */
function* claimedBy(role: AnsweringRole, { namespace }: Binding, accounts: ReadonlyMap<string, readonly Subject[]>): Iterable<{ readonly text: string; readonly how: Claim['how'] }> {
  const { users, groups, impersonated, tokens } = namedIdentities(role.rules);
  if (namespace === undefined) {
    for (const name of groups) yield { text: `Group ${name}`, how: 'impersonates' };
    for (const name of users) {
      const subject = canonicalSubject({ kind: 'User', name });
      if (subject) yield { text: subjectText(subject), how: 'impersonates' };
    }
  }
  for (const [names, how] of [[impersonated, 'impersonates'], [tokens, 'makes tokens of']] as const) {
    for (const name of names) for (const account of accounts.get(name) ?? []) if (namespace === undefined || account.namespace === namespace) yield { text: subjectText(account), how };
  }
}

/** To be taken for a group one asks to be taken for some user or account with it. */
function mayBeSomebody(text: string, bySubject: ReadonlyMap<string, SubjectGrants>): boolean {
  const held = bySubject.get(text);
  if (!held) return false;
  const all = [held, ...ownGroups(held.subject).flatMap((group) => bySubject.get(group) ?? [])];
  return all.some(({ cluster, namespaces }) => (cluster.asks & SOMEBODY) !== 0n || [...namespaces.values()].some(({ asks }) => (asks & asking('impersonateSomeAccount')) !== 0n));
}

/** Who has the power himself gains nothing. */
function claimsOf(claims: readonly Claim[], { power, namespace }: Omit<DefaultRight, 'claims'>, bySubject: ReadonlyMap<string, SubjectGrants>, read: PowerReader): readonly Claim[] {
  return claims.filter(({ subject }) => {
    const held = bySubject.get(subjectText(subject));
    const powers = held ? [...read(heldAsks(held, undefined).asks, 'cluster'), ...(namespace === undefined ? [] : read(heldAsks(held, namespace).asks, 'namespace'))] : [];
    return !powers.some((own) => contains(own, power));
  });
}
