import type { Collected } from '../../model/collected.ts';
import type { FieldPaths } from '../../model/fields.ts';
import type { Sources } from '../../model/sources.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { readRules, type PolicyRule } from './policy-rule.ts';
import type { Subject } from './subject.ts';
import { SubjectReader, type ReadSubject } from './subject-reader.ts';
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

/** Whom bindings name: one object for all that name him. */
export interface BoundSubject {
  readonly text: string;
  readonly subject: Subject;
  /** Counted from 0, in the order in which bindings name them first. */
  readonly number: number;
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
  readonly subjects: readonly BoundSubject[];
}

const NOT_READ: readonly never[] = [];
const knownRoles = new WeakMap<readonly unknown[], WeakMap<readonly unknown[], Map<string, RoleObject>>>();

/** Every role by its text. */
export function readRoles({ clusterRoles, roles }: RbacLists): ReadonlyMap<string, RoleObject> {
  const [ofCluster, ofNamespaces] = [clusterRoles.ok ? clusterRoles.value : NOT_READ, roles.ok ? roles.value : NOT_READ];
  let beside = knownRoles.get(ofCluster);
  if (!beside) knownRoles.set(ofCluster, (beside = new WeakMap()));
  let byText = beside.get(ofNamespaces);
  if (byText) return byText;
  byText = new Map();
  for (const object of ofCluster) put(byText, clusterRole(object));
  for (const object of ofNamespaces) put(byText, role(object));
  beside.set(ofNamespaces, byText);
  return byText;
}

function put(byText: Map<string, RoleObject>, role: RoleObject): void {
  byText.set(role.text, role);
}

function clusterRole({ metadata, rules }: Sources['clusterRoles'][number]): RoleObject {
  return { text: `ClusterRole ${metadata?.name ?? ''}`, rules: readRules(rules) };
}

function role({ metadata, rules }: Sources['roles'][number]): RoleObject {
  const namespace = metadata?.namespace ?? '';
  return { text: `Role ${namespace}/${metadata?.name ?? ''}`, namespace, rules: readRules(rules) };
}

type BindingLists = Pick<RbacLists, 'clusterRoleBindings' | 'roleBindings'>;

const knownBindings = new WeakMap<ReadSubject, WeakMap<readonly unknown[], WeakMap<readonly unknown[], readonly Binding[]>>>();

/**
 * Every binding, those of the whole cluster first. `readSubject`: `canonicalSubject` for findings, `exactSubject` for what the authorizer says. Read once, however many facts ask: they all see
 * the same lists of a snapshot.
 */
export function readBindings(lists: BindingLists, readSubject: ReadSubject): readonly Binding[] {
  const [ofCluster, ofNamespaces] = [lists.clusterRoleBindings.ok ? lists.clusterRoleBindings.value : NOT_READ, lists.roleBindings.ok ? lists.roleBindings.value : NOT_READ];
  let byLists = knownBindings.get(readSubject);
  if (!byLists) knownBindings.set(readSubject, (byLists = new WeakMap()));
  let beside = byLists.get(ofCluster);
  if (!beside) byLists.set(ofCluster, (beside = new WeakMap()));
  let bindings = beside.get(ofNamespaces);
  if (!bindings) beside.set(ofNamespaces, (bindings = readBoth(ofCluster, ofNamespaces, new SubjectReader(readSubject))));
  return bindings;
}

function readBoth(ofCluster: Sources['clusterRoleBindings'], ofNamespaces: Sources['roleBindings'], subjects: SubjectReader): readonly Binding[] {
  const bindings: Binding[] = [];
  for (const object of ofCluster) bindings.push(clusterBinding(object, subjects));
  for (const object of ofNamespaces) bindings.push(namespaceBinding(object, subjects));
  return bindings;
}

function clusterBinding({ apiVersion = '', kind = '', metadata, roleRef, subjects }: Sources['clusterRoleBindings'][number], reader: SubjectReader): Binding {
  const name = metadata?.name ?? '';
  return {
    text: `ClusterRoleBinding ${name}`,
    resource: { apiVersion, kind, name },
    ...(roleRef?.kind === 'ClusterRole' ? { role: `ClusterRole ${written(roleRef.name)}` } : {}),
    roleSource: 'clusterRoles',
    source: 'clusterRoleBindings',
    subjects: reader.read(subjects),
  };
}

function namespaceBinding({ apiVersion = '', kind = '', metadata, roleRef, subjects }: Sources['roleBindings'][number], reader: SubjectReader): Binding {
  const name = metadata?.name ?? '';
  const namespace = metadata?.namespace ?? '';
  const ofCluster = roleRef?.kind === 'ClusterRole';
  const binding = {
    text: `RoleBinding ${namespace}/${name}`,
    resource: { apiVersion, kind, namespace, name },
    namespace,
    roleSource: roleRef?.kind === 'Role' ? 'roles' : 'clusterRoles',
    source: 'roleBindings',
    subjects: reader.read(subjects, namespace),
  } as const;
  if (!ofCluster && roleRef?.kind !== 'Role') return binding;
  return { ...binding, role: ofCluster ? `ClusterRole ${written(roleRef.name)}` : `Role ${namespace}/${written(roleRef.name)}` };
}
