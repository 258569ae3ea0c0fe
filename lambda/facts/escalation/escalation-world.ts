import type { SourceName } from '../../model/sources.ts';
import type { Binding, RoleObject } from '../rbac/bindings.ts';
import { isSystemNamespace } from '../rbac/system-namespace.ts';
import { ownGroups, type Subject } from '../rbac/subject.ts';
import type { HeldGrant, Holder, Holders } from './holder.ts';
import { EVERYTHING, NO_RIGHTS, SOME_ACCOUNT, isNone, namesOf, rightsInNamespace, unite, type Rights } from './rights.ts';
import type { Surroundings } from './surroundings.ts';

/** Objects of which rules may name one: a write by name needs it to be there. */
export interface NamedObjects {
  readonly webhooks: ReadonlySet<string>;
  readonly apiServices: ReadonlySet<string>;
}

/** All that edges are made of: who holds what, and what stands around. */
export interface EscalationWorld {
  readonly holders: Holders;
  readonly surroundings: Surroundings;
  readonly objects: NamedObjects;
  /** What was not read, or not for all namespaces. */
  readonly unread: ReadonlySet<SourceName>;
  /** The namespaces that were looked at. */
  readonly looked: 'all' | readonly string[];
}

/** What is asked of the world again and again, worked out once. */
export interface IndexedWorld extends EscalationWorld {
  /** Somebody whom it is worth to become: bindings give him something that edges start from. */
  holder(subject: string): Holder | undefined;
  /** Accounts worth becoming, by namespace. */
  readonly accountHolders: ReadonlyMap<string, readonly Holder[]>;
  readonly users: readonly Holder[];
  readonly groups: readonly Holder[];
  /** Own groups of a subject that are worth being in. */
  groupsOf(subject: Subject): readonly Holder[];
  readonly systemNamespaces: readonly string[];
  /** Roles and RoleBindings by namespace, and ClusterRoleBindings. */
  readonly rolesIn: ReadonlyMap<string, readonly RoleObject[]>;
  readonly bindingsIn: ReadonlyMap<string | undefined, readonly Binding[]>;
  readonly bindingsTo: ReadonlyMap<string | undefined, readonly Binding[]>;
  /** Somebody may rewrite roles without being able to do everything there: then it matters who is bound to which. */
  readonly rolesMayBeRewritten: boolean;
}

/** `also`: subjects and namespaces that are asked about, whatever bindings say of them. */
export function indexWorld(world: EscalationWorld, also: readonly Holder[] = [], asked: readonly string[] = []): IndexedWorld {
  const { holders, surroundings } = world;
  const rolesMayBeRewritten = [...new Set(holders.bindings.map(({ role }) => role))].some((role) => role !== undefined && rewrites(holders.rightsOf(role)));
  const relevant = new Map<string, Holder>();
  for (const [text, holder] of holders.bySubject) if (rolesMayBeRewritten || matters(holder)) relevant.set(text, holder);
  for (const holder of also) relevant.set(holder.text, holder);
  const accountHolders = new Map<string, Holder[]>();
  const users: Holder[] = [];
  const groups: Holder[] = [];
  for (const holder of relevant.values()) {
    const { kind, namespace } = holder.subject;
    if (kind === 'Group') groups.push(holder);
    else if (kind === 'User') users.push(holder);
    else {
      const list = accountHolders.get(namespace!);
      if (list) list.push(holder);
      else accountHolders.set(namespace!, [holder]);
    }
  }
  const namespaces = new Set(['kube-system', ...surroundings.admitsAnyPod.keys(), ...surroundings.accounts.keys(), ...accountHolders.keys()]);
  return {
    ...world,
    holder: (text) => relevant.get(text),
    accountHolders,
    users,
    groups,
    groupsOf: (subject) => ownGroups(subject).flatMap((group) => relevant.get(group) ?? []),
    rolesIn: Map.groupBy([...holders.roles.values()].filter(({ namespace }) => namespace !== undefined), ({ namespace }) => namespace!),
    bindingsIn: Map.groupBy(holders.bindings, ({ namespace }) => namespace),
    bindingsTo: Map.groupBy(holders.bindings, ({ role }) => role),
    systemNamespaces: [...new Set([...[...namespaces].filter(isSystemNamespace), ...asked])].sort(),
    rolesMayBeRewritten,
  };
}

function rewrites(rights: Rights): boolean {
  if ((rights.bits & EVERYTHING) !== 0n) return false;
  const [roles, clusterRoles] = [namesOf(rights, 'escalateRoles'), namesOf(rights, 'escalateClusterRoles')];
  return !isNone(roles) || clusterRoles.these.size > 0;
}

function matters({ cluster, namespaces }: Holder): boolean {
  return cluster.some(isSomething) || [...namespaces.values()].some((grants) => grants.some(isSomething));
}

function isSomething({ rights }: HeldGrant): boolean {
  return rights.bits !== 0n || rights.named.size > 0;
}

/** By scope (`undefined`: cluster-wide) what an identity may in one request, its groups' rights with its own. `only`: of these scopes. */
export function* rightsByScope(
  own: Holder,
  groups: readonly Holder[],
  rightsOf: (grant: HeldGrant) => Rights,
  only?: ReadonlySet<string | undefined>,
): Iterable<readonly [string | undefined, Rights]> {
  const everywhere = unite([...own.cluster, ...groups.flatMap(({ cluster }) => cluster)].map(rightsOf));
  const spaces = only ? new Map([...only].flatMap((namespace) => (namespace !== undefined && own.namespaces.has(namespace) ? [[namespace, own.namespaces.get(namespace)!] as const] : []))) : new Map(own.namespaces);
  if (own.cluster.length > 0 && !only) for (const group of groups) for (const [namespace] of group.namespaces) if (!spaces.has(namespace)) spaces.set(namespace, []);
  const inEach = everywhere.bits === 0n && everywhere.named.size === 0 ? NO_RIGHTS : rightsInNamespace(everywhere);
  let accounts = 0n;
  for (const [namespace, grants] of spaces) {
    const there = [...grants, ...groups.flatMap((group) => group.namespaces.get(namespace) ?? [])].map(rightsOf);
    const rights = unite([...there, inEach]);
    if (!isNone(namesOf(rights, 'actAsAccounts'))) accounts = SOME_ACCOUNT;
    yield [namespace, rights];
  }
  // To be taken for a group, one asks to be taken for some user or account with it, in whatever namespace.
  yield [undefined, accounts === 0n || isNone(namesOf(everywhere, 'actAsGroups')) ? everywhere : { ...everywhere, bits: everywhere.bits | accounts }];
}
