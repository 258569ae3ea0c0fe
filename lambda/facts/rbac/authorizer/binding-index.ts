import { readBindings, readRoles, type Binding, type RbacLists, type RoleObject } from '../bindings.ts';
import { exactSubject } from '../subject.ts';
import type { Identity } from './request.ts';
import { accountUser } from './service-account.ts';
import type { BoundSubject } from '../subject-reader.ts';

/** A binding with the role that it leads to; none: it does not exist, cannot be followed, or was not read. */
export interface PlacedBinding extends Binding {
  readonly target?: RoleObject;
}

interface Bound {
  readonly cluster: PlacedBinding[];
  readonly namespaces: Map<string, PlacedBinding[]>;
}

/** Bindings by whom they name and where they stand. Rule sets are shared by all bindings to a role. */
export interface BindingIndex {
  /** Of the whole cluster. */
  readonly cluster: readonly PlacedBinding[];
  /** RoleBindings by namespace. */
  readonly namespaces: ReadonlyMap<string, readonly PlacedBinding[]>;
  /** What the role of this text (`ClusterRole view`, `Role shop/ops`) is. */
  role(text: string): RoleObject | undefined;
  /** Each binding once that names the user or one of the groups and counts in this namespace (`''`: those of the whole cluster alone). */
  reaching(identity: Identity, namespace: string): Iterable<PlacedBinding>;
  /** The namespaces whose RoleBindings name the user or one of the groups, sorted. */
  namespacesOf(identity: Identity): readonly string[];
}

/** One pass over the bindings; linear in bindings and subjects. */
export function indexBindings(lists: RbacLists): BindingIndex {
  const roles = readRoles(lists);
  const all: Bound = { cluster: [], namespaces: new Map() };
  const users = new Map<string, Bound>();
  const groups = new Map<string, Bound>();
  for (const binding of readBindings(lists, exactSubject)) {
    const target = binding.role === undefined ? undefined : roles.get(binding.role);
    const placed: PlacedBinding = target ? { ...binding, target } : binding;
    place(all, placed);
    for (const key of keysOf(binding.subjects)) {
      const map = key.startsWith('g') ? groups : users;
      const name = key.slice(1);
      let bound = map.get(name);
      if (!bound) map.set(name, (bound = { cluster: [], namespaces: new Map() }));
      place(bound, placed);
    }
  }

  function boundAs({ user, groups: memberOf }: Identity): readonly Bound[] {
    const own = user === undefined ? undefined : users.get(user);
    return [...(own ? [own] : []), ...[...new Set(memberOf)].flatMap((group) => groups.get(group) ?? [])];
  }

  function* reaching(identity: Identity, namespace: string): Iterable<PlacedBinding> {
    const seen = new Set<PlacedBinding>();
    for (const bound of boundAs(identity)) {
      for (const list of [bound.cluster, namespace === '' ? [] : (bound.namespaces.get(namespace) ?? [])]) {
        for (const binding of list) {
          if (seen.has(binding)) continue;
          seen.add(binding);
          yield binding;
        }
      }
    }
  }

  return {
    cluster: all.cluster,
    namespaces: all.namespaces,
    role: (text) => roles.get(text),
    reaching,
    namespacesOf: (identity) => [...new Set(boundAs(identity).flatMap((bound) => [...bound.namespaces.keys()]))].sort(),
  };
}

function place({ cluster, namespaces }: Bound, binding: PlacedBinding): void {
  if (binding.namespace === undefined) cluster.push(binding);
  else {
    const list = namespaces.get(binding.namespace);
    if (list) list.push(binding);
    else namespaces.set(binding.namespace, [binding]);
  }
}

/** `u` and a user name, or `g` and a group; each once. A ServiceAccount is its user name, whatever way it is written. */
function keysOf(subjects: readonly BoundSubject[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { subject: { kind, namespace, name } } of subjects) {
    if (kind === 'Group') keys.add(`g${name}`);
    else keys.add(namespace === undefined ? `u${name}` : `u${accountUser(namespace, name)}`);
  }
  return keys;
}
