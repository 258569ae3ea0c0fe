import type { Collected } from '../../model/collected.ts';
import type { FieldPaths } from '../../model/fields.ts';
import type { Sources } from '../../model/sources.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { readRules, type PolicyRule } from './policy-rule.ts';
import { SubjectReader, type BoundSubject, type ReadSubject } from './subject-reader.ts';
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
  /** Its place among all that were read together. */
  readonly number: number;
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
  const read = rulesReader();
  for (const object of ofCluster) put(byText, clusterRole(object, read));
  for (const object of ofNamespaces) put(byText, role(object, read));
  beside.set(ofNamespaces, byText);
  return byText;
}

function put(byText: Map<string, RoleObject>, role: RoleObject): void {
  byText.set(role.text, role);
}

type ReadRules = (stored: unknown) => readonly PolicyRule[];

/** A tool that is installed in a thousand namespaces writes the same rules in each: they are one list, of which whatever follows is worked out once. */
function rulesReader(): ReadRules {
  const known = new Map<string, readonly PolicyRule[]>();
  return (stored) => {
    const read = readRules(stored);
    // Of what was read: what is stored may be nested deeper than can be written.
    const text = JSON.stringify(read);
    const same = known.get(text);
    if (!same) known.set(text, read);
    return same ?? read;
  };
}

function clusterRole({ metadata, rules }: Sources['clusterRoles'][number], read: ReadRules): RoleObject {
  return new StoredRole(`ClusterRole ${metadata?.name ?? ''}`, undefined, rules, read);
}

function role({ metadata, rules }: Sources['roles'][number], read: ReadRules): RoleObject {
  const namespace = metadata?.namespace ?? '';
  return new StoredRole(`Role ${namespace}/${metadata?.name ?? ''}`, namespace, rules, read);
}

/** Its rules are read when somebody asks for them: nobody asks those of a role that nothing is bound to. */
class StoredRole implements RoleObject {
  readonly text: string;
  declare readonly namespace?: string;
  readonly #stored: unknown;
  readonly #read: ReadRules;
  #rules: readonly PolicyRule[] | undefined;

  constructor(text: string, namespace: string | undefined, stored: unknown, read: ReadRules) {
    this.text = text;
    if (namespace !== undefined) this.namespace = namespace;
    this.#stored = stored;
    this.#read = read;
  }

  get rules(): readonly PolicyRule[] {
    return (this.#rules ??= this.#read(this.#stored));
  }
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
  for (const object of ofCluster) bindings.push(clusterBinding(object, bindings.length, subjects));
  for (const object of ofNamespaces) bindings.push(namespaceBinding(object, bindings.length, subjects));
  return bindings;
}

function clusterBinding({ apiVersion = '', kind = '', metadata, roleRef, subjects }: Sources['clusterRoleBindings'][number], number: number, reader: SubjectReader): Binding {
  const name = metadata?.name ?? '';
  return {
    number,
    text: `ClusterRoleBinding ${name}`,
    resource: { apiVersion, kind, name },
    ...(roleRef?.kind === 'ClusterRole' ? { role: `ClusterRole ${written(roleRef.name)}` } : {}),
    roleSource: 'clusterRoles',
    source: 'clusterRoleBindings',
    subjects: reader.read(subjects),
  };
}

function namespaceBinding({ apiVersion = '', kind = '', metadata, roleRef, subjects }: Sources['roleBindings'][number], number: number, reader: SubjectReader): Binding {
  const name = metadata?.name ?? '';
  const namespace = metadata?.namespace ?? '';
  const ofCluster = roleRef?.kind === 'ClusterRole';
  const text = `RoleBinding ${namespace}/${name}`;
  const resource = { apiVersion, kind, namespace, name };
  const bound = reader.read(subjects, namespace);
  if (!ofCluster && roleRef?.kind !== 'Role') return { number, text, resource, namespace, roleSource: 'clusterRoles', source: 'roleBindings', subjects: bound };
  const role = ofCluster ? `ClusterRole ${written(roleRef.name)}` : `Role ${namespace}/${written(roleRef.name)}`;
  return { number, text, resource, namespace, role, roleSource: ofCluster ? 'clusterRoles' : 'roles', source: 'roleBindings', subjects: bound };
}
