import type { Collected } from '../../model/collected.ts';
import type { FieldPaths } from '../../model/fields.ts';
import type { Sources } from '../../model/sources.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { readRules, type PolicyRule } from './policy-rule.ts';
import { subjectText, type Subject } from './subject.ts';
import { written } from '../as-read.ts';

export type RbacSource = 'clusterRoleBindings' | 'roleBindings' | 'clusterRoles' | 'roles';
/** The four lists, each as it was collected: what is missing makes less known, never anything wrong. */
export type RbacLists = { readonly [S in RbacSource]: Collected<Sources[S]> };

const RULES = ['rules[].verbs', 'rules[].apiGroups', 'rules[].resources', 'rules[].resourceNames', 'rules[].nonResourceURLs'];
const BINDING = ['roleRef.kind', 'roleRef.name', 'subjects[].kind', 'subjects[].name', 'subjects[].namespace'];

/** What is read of the four lists. */
export const RBAC_FIELDS = {
  clusterRoles: RULES,
  roles: RULES,
  clusterRoleBindings: BINDING,
  roleBindings: BINDING,
} as const satisfies FieldPaths;

/** A Role or ClusterRole, with its stored rules: those are what the authorizer reads, aggregated or not. */
export interface RoleObject {
  /** `ClusterRole view`, `Role shop/deployer`. */
  readonly text: string;
  readonly namespace?: string;
  readonly rules: readonly PolicyRule[];
}

export interface Binding {
  /** `ClusterRoleBinding ops`, `RoleBinding shop/ops`. */
  readonly text: string;
  readonly resource: ResourceRef;
  /** Of a RoleBinding. */
  readonly namespace?: string;
  /** The role's text; undefined where the reference is of a kind that the authorizer does not follow (a Role from a ClusterRoleBinding). */
  readonly role?: string;
  /** The list that the role is looked for in. */
  readonly roleSource: 'clusterRoles' | 'roles';
  readonly source: 'clusterRoleBindings' | 'roleBindings';
  /** Without repeats. */
  readonly subjects: ReadonlyMap<string, Subject>;
}

const knownRoles = new WeakMap<readonly unknown[], readonly RoleObject[]>();

/** Every role by its text. */
export function readRoles({ clusterRoles, roles }: RbacLists): ReadonlyMap<string, RoleObject> {
  const all = [
    ...(clusterRoles.ok ? once(knownRoles, clusterRoles.value, ({ metadata, rules }) => ({ text: `ClusterRole ${metadata?.name ?? ''}`, rules: readRules(rules) })) : []),
    ...(roles.ok ? once(knownRoles, roles.value, roleOf) : []),
  ];
  return new Map(all.map((role) => [role.text, role]));
}

function roleOf({ metadata, rules }: Sources['roles'][number]): RoleObject {
  const namespace = metadata?.namespace ?? '';
  return { text: `Role ${namespace}/${metadata?.name ?? ''}`, namespace, rules: readRules(rules) };
}

/** What stands in `subjects` of a binding as whoever reads it wants to see it; undefined: nobody. */
export type ReadSubject = (subject: unknown, bindingNamespace?: string) => Subject | undefined;

const knownBindings = new WeakMap<ReadSubject, WeakMap<readonly unknown[], readonly Binding[]>>();

/**
 * Every binding, those of the whole cluster first. `readSubject`: `canonicalSubject` for findings, `exactSubject` for what the authorizer says.
 */
export function* readBindings(
  { clusterRoleBindings, roleBindings }: Pick<RbacLists, 'clusterRoleBindings' | 'roleBindings'>,
  readSubject: ReadSubject,
): Iterable<Binding> {
  let lists = knownBindings.get(readSubject);
  if (!lists) knownBindings.set(readSubject, (lists = new WeakMap()));
  if (clusterRoleBindings.ok) yield* once(lists, clusterRoleBindings.value, (binding) => ofCluster(binding, readSubject));
  if (roleBindings.ok) yield* once(lists, roleBindings.value, (binding) => ofNamespace(binding, readSubject));
}

/** Reads each list once, however many facts ask: they all see the same lists of a snapshot. */
function once<T, V>(known: WeakMap<readonly unknown[], readonly V[]>, list: readonly T[], read: (object: T) => V): readonly V[] {
  let values = known.get(list);
  if (!values) known.set(list, (values = list.map(read)));
  return values;
}

function ofCluster({ apiVersion = '', kind = '', metadata, roleRef, subjects }: Sources['clusterRoleBindings'][number], readSubject: ReadSubject): Binding {
  const name = metadata?.name ?? '';
  return {
    text: `ClusterRoleBinding ${name}`,
    resource: { apiVersion, kind, name },
    ...(roleRef?.kind === 'ClusterRole' ? { role: `ClusterRole ${written(roleRef.name)}` } : {}),
    roleSource: 'clusterRoles',
    source: 'clusterRoleBindings',
    subjects: readSubjects(subjects, readSubject),
  };
}

function ofNamespace({ apiVersion = '', kind = '', metadata, roleRef, subjects }: Sources['roleBindings'][number], readSubject: ReadSubject): Binding {
  const name = metadata?.name ?? '';
  const namespace = metadata?.namespace ?? '';
  const role = roleRef?.kind === 'ClusterRole' ? `ClusterRole ${written(roleRef.name)}` : roleRef?.kind === 'Role' ? `Role ${namespace}/${written(roleRef.name)}` : undefined;
  return {
    text: `RoleBinding ${namespace}/${name}`,
    resource: { apiVersion, kind, namespace, name },
    namespace,
    ...(role === undefined ? {} : { role }),
    roleSource: roleRef?.kind === 'Role' ? 'roles' : 'clusterRoles',
    source: 'roleBindings',
    subjects: readSubjects(subjects, readSubject, namespace),
  };
}

function readSubjects(subjects: unknown, readSubject: ReadSubject, namespace?: string): ReadonlyMap<string, Subject> {
  const byText = new Map<string, Subject>();
  for (const raw of Array.isArray(subjects) ? subjects : []) {
    const subject = readSubject(raw, namespace);
    if (subject) byText.set(subjectText(subject), subject);
  }
  return byText;
}
