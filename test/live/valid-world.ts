import { UNWRITTEN } from '../../lambda/facts/rbac/authorizer/request.ts';
import type { RbacObject } from '../../scripts/vectors/rbac-lists.ts';
import type { RandomBinding, RandomRole, RandomRule, RandomWorld } from '../facts/rbac/random-world.ts';

/**
 * What of a random world an API server takes, and the names for objects that may have any: those that its rules write, and one that none does. A namespace
 * is called as a namespace can be.
 */
export function valid({ clusterRoles, roles, clusterRoleBindings, roleBindings }: RandomWorld): { readonly objects: readonly RbacObject[]; readonly names: readonly string[] } {
  const written = [...clusterRoles, ...roles].flatMap(({ rules }) => rules.flatMap(({ resourceNames }) => resourceNames.filter((name) => name !== '')));
  const objects = [
    ...clusterRoles.map((role) => roleOf('ClusterRole', role)),
    ...roles.map((role) => roleOf('Role', role)),
    ...clusterRoleBindings.flatMap((binding) => bindingOf('ClusterRoleBinding', binding)),
    ...roleBindings.flatMap((binding) => bindingOf('RoleBinding', binding)),
  ];
  return { objects, names: [UNWRITTEN, ...new Set(written)] };
}

function metadataOf({ metadata: { name, namespace } }: RandomRole | RandomBinding): RbacObject['metadata'] {
  return { name, ...(namespace === undefined ? {} : { namespace: namespace === '__proto__' ? 'proto' : namespace }) };
}

function roleOf(kind: string, role: RandomRole): RbacObject {
  const isValid = ({ verbs, apiGroups, resources, nonResourceURLs, resourceNames }: RandomRule): boolean => {
    if (verbs.length === 0) return false;
    if (nonResourceURLs.length > 0) return kind === 'ClusterRole' && resourceNames.length === 0;
    return apiGroups.length > 0 && resources.length > 0;
  };
  return { kind, metadata: metadataOf(role), rules: role.rules.filter(isValid) };
}

function bindingOf(kind: string, binding: RandomBinding): readonly RbacObject[] {
  const { roleRef, subjects } = binding;
  if (kind === 'ClusterRoleBinding' && roleRef.kind !== 'ClusterRole') return [];
  const known = (subjects as readonly { readonly kind: string; readonly namespace?: string }[]).filter((subject) => subject.kind !== 'Robot' && (subject.kind !== 'ServiceAccount' || subject.namespace !== undefined));
  return [{ kind, metadata: metadataOf(binding), roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef }, subjects: known } as RbacObject];
}
