import { compareText } from '../../model/compare-text.ts';
import { CONSTRAINED_SINCE } from '../rbac/authorizer/constrained-impersonation.ts';
import { canonicalSubject, subjectText, type Subject } from '../rbac/subject.ts';
import { borrowingOf, limitsOf, type Borrowing, type BorrowingLimits, type BorrowingMode } from './borrowing.ts';
import type { GraphBuilder } from './escalation-graph.ts';
import { MASTERS, rightsByScope, type IndexedWorld } from './escalation-world.ts';
import type { Holder } from './holder.ts';
import { place, type Meaning } from './meaning.ts';
import { NO_RIGHTS, common, isNone, rightsInNamespace, unite, type Names, type Rights } from './rights.ts';
import type { Proposition } from './rule-system.ts';

type Borrows = Extract<Meaning, { is: 'borrows' }>;
type Lends = Extract<Meaning, { is: 'lends' }>;

/** Says of each grant by which somebody may be taken for others in some requests that it is one: without it, nothing follows that follows from it. */
export function borrows(graph: GraphBuilder, from: Proposition, { text, cluster, namespaces }: Holder): void {
  const { minor } = graph.world.surroundings;
  if (minor !== undefined && minor < CONSTRAINED_SINCE) return;
  for (const [namespace, grants] of [[undefined, cluster] as const, ...namespaces]) {
    for (const { binding, role } of grants) {
      const borrowing = 'policy' in binding ? undefined : borrowingOf(role);
      if (!borrowing || (isNone(borrowing.accounts) && (namespace !== undefined || (isNone(borrowing.users) && isNone(borrowing.groups))))) continue;
      if (minor === undefined) graph.lacks(from, 'kubernetesVersion');
      else graph.follows(graph.say(place({ is: 'borrows', subject: text, role: role.text } as const, namespace)), from);
    }
  }
}

/** Many hold the same roles in the same places, and what is lent to one of them is lent to all. */
export function concludeBorrows(graph: GraphBuilder, { subject, role, namespace }: Borrows, from: Proposition): void {
  const holder = graph.world.holder(subject);
  if (!holder) return;
  const beside = new Map<string, readonly [string | null, string]>();
  for (const { cluster, namespaces } of [holder, ...graph.world.groupsOf(holder)]) {
    for (const [where, grants] of [[null, cluster] as const, ...namespaces]) {
      for (const grant of grants) if (borrowingOf(grant.role)) beside.set(JSON.stringify([where, grant.role.text]), [where, grant.role.text]);
    }
  }
  const sorted = [...beside].sort(([a], [b]) => compareText(a, b)).map(([, each]) => each);
  graph.follows(graph.say(place({ is: 'lends', role, beside: sorted } as const, namespace)), from);
}

/** What others may, as far as requests as them may be about it: of each alone, since a request is made as one of them. */
export function concludeLends(graph: GraphBuilder, { role: text, beside, namespace }: Lends, from: Proposition): void {
  const { world } = graph;
  const role = world.holders.roles.get(text);
  const borrowing = role && borrowingOf(role);
  if (!borrowing) return;
  const held = beside.flatMap(([where, name]) => {
    const one = world.holders.roles.get(name);
    return one ? [[where, one] as const] : [];
  });
  const take = (mode: BorrowingMode, others: Iterable<Holder>): void => {
    const limits = limitsOf(held, mode);
    for (const other of new Set(others)) for (const [where, rights] of within(world, other, limits)) graph.grant(from, rights, where);
  };
  if (namespace === undefined) take('user-info', usersAndGroups(world, borrowing, held.some(([where, one]) => where === null && !isNone(borrowingOf(one)!.users))));
  take('serviceaccount', accounts(world, borrowing.accounts, namespace));
}

/** Members of system:masters nobody is taken for so. To be taken for a group, one is taken for some user with it. */
function* usersAndGroups({ holder, users, groups }: IndexedWorld, borrowing: Borrowing, asSomebody: boolean): Iterable<Holder> {
  if (borrowing.users.any) yield* users.filter(({ subject }) => !subject.name.startsWith('system:node:'));
  for (const name of borrowing.users.these) {
    const subject = canonicalSubject({ kind: 'User', name });
    const user = subject?.kind === 'User' && !name.startsWith('system:node:') ? holder(subjectText(subject)) : undefined;
    if (user) yield user;
  }
  if (!asSomebody) return;
  if (borrowing.groups.any) yield* groups.filter(({ text }) => text !== MASTERS);
  for (const name of borrowing.groups.these) {
    const group = `Group ${name}` === MASTERS ? undefined : holder(`Group ${name}`);
    if (group) yield group;
  }
}

/** There or not: to be taken for one it need not be. */
function* accounts(world: IndexedWorld, { any, these }: Names, namespace: string | undefined): Iterable<Holder> {
  for (const each of namespace === undefined ? world.accountHolders.keys() : [namespace]) {
    if (any) yield* world.accountHolders.get(each) ?? [];
    for (const name of these) {
      const account = world.holder(subjectText({ kind: 'ServiceAccount', namespace: each, name }));
      if (account) yield account;
    }
    const one: Subject = { kind: 'ServiceAccount', namespace: each, name: '' };
    if (any || these.size > 0) yield* world.groupsOf({ subject: one });
  }
}

const inCommon = new WeakMap<Rights, WeakMap<Rights, Rights>>();

/** Many have the same role: two rights are compared once. */
function commonOf(one: Rights, other: Rights): Rights {
  let byOther = inCommon.get(one);
  if (!byOther) inCommon.set(one, (byOther = new WeakMap()));
  let both = byOther.get(other);
  if (!both) byOther.set(other, (both = common(one, other)));
  return both;
}

function* within(world: IndexedWorld, other: Holder, { cluster, namespaces }: BorrowingLimits): Iterable<readonly [string | undefined, Rights]> {
  for (const [where, rights] of rightsByScope(other, world.groupsOf(other), (grant) => grant.rights)) {
    const scopes: readonly (readonly [string | undefined, Rights, Rights])[] =
      where === undefined
        ? [[undefined, rights, cluster], ...[...namespaces].map(([namespace, limit]) => [namespace, rightsInNamespace(rights), limit] as const)]
        : [[where, rights, unite([rightsInNamespace(cluster), namespaces.get(where) ?? NO_RIGHTS])]];
    for (const [namespace, may, limit] of scopes) {
      const both = commonOf(may, limit);
      if (both.bits !== 0n || both.named.size > 0) yield [namespace, both];
    }
  }
}
