import type { SourceName } from '../../model/sources.ts';
import type { Binding, RoleObject } from '../rbac/bindings.ts';
import { isSystemNamespace } from '../rbac/system-namespace.ts';
import { audienceOf, ownGroups, subjectText } from '../rbac/subject.ts';
import { borrowingOf } from './borrowing.ts';
import type { HeldGrant, Holder, Holders, Mapped } from './holder.ts';
import type { IamSide } from './iam-side.ts';
import { indexRoles, type IndexedRoles } from './index-roles.ts';
import { ownRoleOf, type Party } from './party.ts';
import { EVERYTHING, NO_RIGHTS, SOME_ACCOUNT, isNone, isNothing, namesOf, rightsInNamespace, unite, type Rights } from './rights.ts';
import type { Surroundings } from './surroundings.ts';

/** The group that is asked by no authorizer. */
export const MASTERS = 'Group system:masters';

/** Objects of which rules may name one: a write by name needs it to be there. */
export interface NamedObjects {
  readonly webhooks: ReadonlySet<string>;
  readonly apiServices: ReadonlySet<string>;
}

/** All that edges are made of: who holds what, and what stands around. */
export interface EscalationWorld {
  readonly holders: Holders;
  readonly iam: IamSide;
  readonly surroundings: Surroundings;
  readonly objects: NamedObjects;
  /** What was not read, or not for all namespaces. */
  readonly unread: ReadonlySet<SourceName>;
  /** The namespaces that were looked at. */
  readonly looked: 'all' | readonly string[];
}

/** What is asked of the world again and again, worked out once. */
export interface IndexedWorld extends EscalationWorld, IndexedRoles {
  /** Somebody whom it is worth to become: bindings give him something that edges start from. */
  holder(subject: string): Holder | undefined;
  /** Accounts worth becoming, by namespace. */
  readonly accountHolders: ReadonlyMap<string, readonly Holder[]>;
  readonly users: readonly Holder[];
  readonly groups: readonly Holder[];
  /** Somebody of IAM who may sign in and then is somebody worth being, has access policies, or a role that may make entries of the cluster. */
  readonly principals: readonly Holder[];
  /** Where ways may begin. */
  readonly sources: readonly Source[];
  /** As whom somebody counts besides himself, where that is worth being: his groups; of somebody of IAM the user and groups that he is mapped to. */
  groupsOf(holder: Pick<Holder, 'subject' | 'mapped'>): readonly Holder[];
  readonly systemNamespaces: readonly string[];
  /** Roles and RoleBindings by namespace, and ClusterRoleBindings. */
  readonly rolesIn: ReadonlyMap<string, readonly RoleObject[]>;
  readonly bindingsIn: ReadonlyMap<string | undefined, readonly Binding[]>;
  readonly bindingsTo: ReadonlyMap<string | undefined, readonly Binding[]>;
  /** Somebody may rewrite roles without being able to do everything there: then it matters who is bound to which. */
  readonly rolesMayBeRewritten: boolean;
}

/** Somebody, and others from whom the same ways lead as from him: the very same bindings name them, and they are in the same groups. */
export interface Source {
  readonly holder: Holder;
  readonly alike: readonly Holder[];
}

/** `also`: subjects and namespaces that are asked about, whatever bindings say of them. */
export function indexWorld(world: EscalationWorld, also: readonly Holder[] = [], asked: readonly string[] = []): IndexedWorld {
  const { holders, surroundings } = world;
  const bound = new Set<string>();
  for (const { role } of holders.bindings) if (role !== undefined) bound.add(role);
  const rolesMayBeRewritten = [...bound].some((role) => rewrites(holders.rightsOf(role)));
  const relevant = new Map<string, Holder>();
  for (const [text, holder] of holders.bySubject) if (rolesMayBeRewritten || matters(holder)) relevant.set(text, holder);
  for (const holder of also) relevant.set(holder.text, holder);
  for (const policy of world.iam.policies) if (matters(policy)) relevant.set(policy.text, policy);
  const principals = world.iam.holders.filter((holder) => matters(holder) || isSomebody(holder.mapped!, relevant) || world.iam.roles.powers.get(ownRoleOf(holder) ?? '')?.cluster === true);
  for (const holder of principals) relevant.set(holder.text, holder);
  const roles = indexRoles(world.iam, principals, surroundings.accounts);
  for (const [namespace, names] of roles.accountsWithRoles) {
    for (const name of names) {
      const subject = { kind: 'ServiceAccount', namespace, name } as const;
      const text = subjectText(subject);
      if (!relevant.has(text)) relevant.set(text, holders.bySubject.get(text) ?? { text, subject, cluster: [], namespaces: new Map() });
    }
  }
  const accountHolders = new Map<string, Holder[]>();
  const users: Holder[] = [];
  const groups: Holder[] = [];
  for (const holder of relevant.values()) {
    const { kind, namespace } = holder.subject;
    if (kind === 'Group') groups.push(holder);
    else if (kind === 'User') users.push(holder);
    else if (kind === 'ServiceAccount') append(accountHolders, namespace!, holder);
  }
  const rolesIn = once(() => Map.groupBy([...holders.roles.values()].filter(({ namespace }) => namespace !== undefined), ({ namespace }) => namespace!));
  const bindingsIn = once(() => Map.groupBy(holders.bindings, ({ namespace }) => namespace));
  const bindingsTo = once(() => Map.groupBy(holders.bindings, ({ role }) => role));
  const namespaces = new Set(['kube-system', ...surroundings.admitsAnyPod.keys(), ...surroundings.accounts.keys(), ...accountHolders.keys()]);
  return {
    ...world,
    ...roles,
    holder: (text) => relevant.get(text),
    accountHolders,
    users,
    groups,
    principals,
    groupsOf: ({ subject, mapped }) => groupTexts(subject, mapped).flatMap((group) => relevant.get(group) ?? []),
    sources: [...sourcesOf(users, roles), ...sourcesOf(groups, roles), ...[...accountHolders.values()].flatMap((ofNamespace) => sourcesOf(ofNamespace, roles)), ...sourcesOf(principals, roles)],
    // Asked for where somebody may bind roles, join bindings or rewrite roles: mostly nobody may.
    get rolesIn() {
      return rolesIn();
    },
    get bindingsIn() {
      return bindingsIn();
    },
    get bindingsTo() {
      return bindingsTo();
    },
    systemNamespaces: [...new Set([...[...namespaces].filter(isSystemNamespace), ...asked])].sort(),
    rolesMayBeRewritten,
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** `holders`: of one kind, accounts of one namespace, so that those who hold the same are in the same groups. */
function sourcesOf(holders: readonly Holder[], roles: IndexedRoles): readonly Source[] {
  const sources: Source[] = [];
  const byGrants = new Map<object, { readonly holder: Holder; readonly alike: Holder[] }>();
  for (const holder of holders) {
    const grants = holder.namespaces.size > 0 ? holder.namespaces : holder.cluster;
    const like = holders.length > 1 && isLikeOthers(holder, roles) ? byGrants.get(grants) : undefined;
    if (like && isLikeOthers(like.holder, roles)) like.alike.push(holder);
    else {
      const source = { holder, alike: [] };
      sources.push(source);
      if (holders.length > 1) byGrants.set(grants, source);
    }
  }
  return sources;
}

/** Nothing follows from who he is, but from what he holds. */
function isLikeOthers({ subject, byDefault }: Holder, { rolesOf }: IndexedRoles): boolean {
  if (byDefault || subject.kind === 'IAM') return false;
  return subject.kind === 'ServiceAccount' ? !rolesOf(subject.namespace!, subject.name) : audienceOf(subject) === 'particular';
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function groupTexts(subject: Party, mapped: Mapped | undefined): readonly string[] {
  return subject.kind === 'IAM' ? ['Group system:authenticated', ...(mapped?.as ?? [])] : ownGroups(subject);
}

function isSomebody({ as, perhaps }: Mapped, relevant: ReadonlyMap<string, Holder>): boolean {
  return [...as, ...perhaps].some((text) => text === MASTERS || relevant.has(text));
}

function rewrites(rights: Rights): boolean {
  if ((rights.bits & EVERYTHING) !== 0n) return false;
  const [roles, clusterRoles] = [namesOf(rights, 'escalateRoles'), namesOf(rights, 'escalateClusterRoles')];
  return !isNone(roles) || clusterRoles.these.size > 0;
}

function matters({ cluster, namespaces }: Holder): boolean {
  if (cluster.some(isSomething)) return true;
  for (const grants of namespaces.values()) if (grants.some(isSomething)) return true;
  return false;
}

function isSomething({ rights, role }: HeldGrant): boolean {
  return !isNothing(rights) || borrowingOf(role) !== undefined;
}

/** By scope (`undefined`: cluster-wide) what an identity may in one request, its groups' rights with its own. `only`: of these scopes. */
export function rightsByScope(
  own: Holder,
  groups: readonly Holder[],
  rightsOf: (grant: HeldGrant) => Rights,
  only?: ReadonlySet<string | undefined>,
): Iterable<readonly [string | undefined, Rights]> {
  return own.mapped || groups.length > 0 || only ? withGroups(own, groups, rightsOf, only) : ofOwn(own, rightsOf);
}

/** Of whom no group of his holds anything: of nearly everybody. */
function ofOwn({ cluster, namespaces }: Holder, rightsOf: (grant: HeldGrant) => Rights): readonly (readonly [string | undefined, Rights])[] {
  const everywhere = cluster.length === 0 ? NO_RIGHTS : unite(cluster.map(rightsOf));
  const inEach = isNothing(everywhere) ? NO_RIGHTS : rightsInNamespace(everywhere);
  const found: (readonly [string | undefined, Rights])[] = [];
  let somebody = false;
  for (const [namespace, grants] of namespaces) {
    const there = grants.map(rightsOf);
    if (inEach !== NO_RIGHTS) there.push(inEach);
    const rights = unite(there);
    somebody ||= !isNone(namesOf(rights, 'actAsAccounts'));
    found.push([namespace, rights]);
  }
  found.push([undefined, somebody ? asSomebody(everywhere) : everywhere]);
  return found;
}

/** To be taken for a group, one asks to be taken for some user or account with it, in whatever namespace. */
function asSomebody(everywhere: Rights): Rights {
  return isNone(namesOf(everywhere, 'actAsGroups')) ? everywhere : { ...everywhere, bits: everywhere.bits | SOME_ACCOUNT };
}

function* withGroups(
  own: Holder,
  groups: readonly Holder[],
  rightsOf: (grant: HeldGrant) => Rights,
  only: ReadonlySet<string | undefined> | undefined,
): Iterable<readonly [string | undefined, Rights]> {
  // What one alone gives whom somebody of IAM is mapped to, he has by being that one.
  if (own.mapped && !matters(own) && groups.filter(matters).length < 2) return;
  const together = own.mapped ? placesTogether([own, ...groups]) : undefined;
  const everywhere = unite([...own.cluster, ...groups.flatMap(({ cluster }) => cluster)].map(rightsOf));
  const places = together ?? own.namespaces;
  const spaces = only ? new Map([...only].flatMap((namespace) => (namespace !== undefined && places.has(namespace) ? [[namespace, places.get(namespace)!] as const] : []))) : new Map(places);
  if (!together && own.cluster.length > 0 && !only) for (const group of groups) for (const [namespace] of group.namespaces) if (!spaces.has(namespace)) spaces.set(namespace, []);
  const inEach = isNothing(everywhere) ? NO_RIGHTS : rightsInNamespace(everywhere);
  let somebody = false;
  for (const [namespace, grants] of spaces) {
    const there = [...grants, ...groups.flatMap((group) => group.namespaces.get(namespace) ?? [])].map(rightsOf);
    const rights = unite([...there, inEach]);
    somebody ||= !isNone(namesOf(rights, 'actAsAccounts'));
    yield [namespace, rights];
  }
  yield [undefined, somebody ? asSomebody(everywhere) : everywhere];
}

/**
 * Namespaces in which the rights of several whom somebody of IAM is mapped to meet in one request, with his own grants there. What one of them has alone he has
 * by being that one.
 */
function placesTogether(parts: readonly Holder[]): ReadonlyMap<string, readonly HeldGrant[]> {
  const [own] = parts;
  const wide = parts.filter(({ cluster }) => cluster.some(isSomething));
  const met = new Map<string, number>();
  for (const part of parts) {
    const meets = wide.length > (wide.includes(part) ? 1 : 0) ? 2 : 1;
    for (const namespace of part.namespaces.keys()) met.set(namespace, (met.get(namespace) ?? 0) + (meets));
  }
  return new Map([...met].filter(([, count]) => count > 1).map(([namespace]) => [namespace, own!.namespaces.get(namespace) ?? []]));
}
