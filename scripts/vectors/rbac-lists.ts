import type { RbacLists } from '../../lambda/facts/rbac/bindings.ts';

/** Of a Role, ClusterRole, RoleBinding or ClusterRoleBinding, what the vectors' own bookkeeping reads. */
export interface RbacObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: unknown;
  readonly aggregationRule?: unknown;
  readonly roleRef?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
}

const SOURCES = { clusterRoleBindings: 'ClusterRoleBinding', roleBindings: 'RoleBinding', clusterRoles: 'ClusterRole', roles: 'Role' } as const;

/** The four lists of a cluster that has these objects and no others. */
export function rbacLists(objects: readonly RbacObject[]): RbacLists {
  const lists = Object.entries(SOURCES).map(([source, kind]) => [source, { ok: true, value: objects.filter((object) => object.kind === kind) }]);
  return Object.fromEntries(lists) as unknown as RbacLists;
}
