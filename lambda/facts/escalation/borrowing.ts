import type { RoleObject } from '../rbac/bindings.ts';
import type { PolicyRule } from '../rbac/policy-rule.ts';
import { EVERYTHING, rightsInNamespace, rightsOfRule, unite, type Names, type Rights } from './rights.ts';

/** The ways of constrained impersonation that lead to rights of RBAC: users and groups, and accounts. What nodes may comes from elsewhere. */
export const BORROWING_MODES = ['user-info', 'serviceaccount'] as const;
export type BorrowingMode = (typeof BORROWING_MODES)[number];

/** What a role says of constrained impersonation (KEP-5284): as whom, and what may be done then. */
export interface Borrowing {
  readonly users: Names;
  readonly groups: Names;
  readonly accounts: Names;
  /** By mode, what requests may be about. */
  readonly limits: { readonly [M in BorrowingMode]: Rights };
}

const AUTHENTICATION = 'authentication.k8s.io';
const NOBODY: Names = { any: false, these: new Set() };
const known = new WeakMap<readonly PolicyRule[], Borrowing | null>();

/** Undefined: nothing, or everything anyway. The rules of a role are read once however many are bound to it. */
export function borrowingOf({ rules }: RoleObject): Borrowing | undefined {
  let found = known.get(rules);
  if (found === undefined) known.set(rules, (found = read(rules) ?? null));
  return found ?? undefined;
}

function read(rules: readonly PolicyRule[]): Borrowing | undefined {
  if (!rules.some(isAbout)) return undefined;
  const limits = { 'user-info': limitOf(rules, 'user-info'), serviceaccount: limitOf(rules, 'serviceaccount') };
  if (BORROWING_MODES.some((mode) => (limits[mode].bits & EVERYTHING) !== 0n)) return undefined;
  return { users: asked(rules, 'user-info', 'users'), groups: asked(rules, 'user-info', 'groups'), accounts: asked(rules, 'serviceaccount', 'serviceaccounts'), limits };
}

/** A `*` among verbs is all of them, these too; it says nothing that is not said otherwise where the rule is not about identities. */
function isAbout({ verbs, apiGroups, resources }: PolicyRule): boolean {
  if (verbs.some((verb) => verb.startsWith('impersonate:') || verb.startsWith('impersonate-on:'))) return true;
  return verbs.includes('*') && (apiGroups.includes(AUTHENTICATION) || apiGroups.includes('*')) && resources.some((resource) => ['*', 'users', 'groups', 'serviceaccounts'].includes(resource));
}

function asked(rules: readonly PolicyRule[], mode: BorrowingMode, resource: string): Names {
  const fitting = rules.filter(
    ({ verbs, apiGroups, resources }) =>
      (verbs.includes('*') || verbs.includes(`impersonate:${mode}`)) && (apiGroups.includes('*') || apiGroups.includes(AUTHENTICATION)) && (resources.includes('*') || resources.includes(resource)),
  );
  if (fitting.length === 0) return NOBODY;
  return { any: fitting.some(({ resourceNames }) => resourceNames.length === 0), these: new Set(fitting.flatMap(({ resourceNames }) => resourceNames)) };
}

/** The rules that count for requests as somebody else, as rules for these requests. */
function limitOf(rules: readonly PolicyRule[], mode: BorrowingMode): Rights {
  const prefix = `impersonate-on:${mode}:`;
  return unite(
    rules.flatMap((rule) => {
      const verbs = rule.verbs.flatMap((verb) => (verb === '*' ? ['*'] : verb.startsWith(prefix) ? [verb.slice(prefix.length)] : []));
      return verbs.length > 0 ? [rightsOfRule({ ...rule, verbs })] : [];
    }),
  );
}

/** By scope (`undefined`: cluster-wide) what requests as somebody else may be about. */
export interface BorrowingLimits {
  readonly cluster: Rights;
  readonly namespaces: ReadonlyMap<string, Rights>;
}

/** Of roles that are held together, by namespace (`null`: cluster-wide). */
export function limitsOf(held: readonly (readonly [string | null, RoleObject])[], mode: BorrowingMode): BorrowingLimits {
  const byPlace = new Map<string | null, Rights[]>();
  for (const [where, role] of held) {
    const limit = borrowingOf(role)?.limits[mode];
    if (!limit) continue;
    const there = byPlace.get(where);
    const rights = where === null ? limit : rightsInNamespace(limit);
    if (there) there.push(rights);
    else byPlace.set(where, [rights]);
  }
  const namespaces = [...byPlace].flatMap(([where, rights]) => (where === null ? [] : [[where, unite(rights)] as const]));
  return { cluster: unite(byPlace.get(null) ?? []), namespaces: new Map(namespaces) };
}
