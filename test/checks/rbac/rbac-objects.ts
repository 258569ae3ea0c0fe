import type * as k8s from '@kubernetes/client-node';
import type { ResourceRef } from '../../../lambda/model/violation.ts';

/** A rule as `verbs`, `group`, `resources`, `names`, each with commas: rule('get,list', '', 'secrets'). */
export function rule(verbs: string, group: string, resources: string, names?: string): k8s.V1PolicyRule {
  return {
    verbs: verbs.split(','),
    apiGroups: group.split(','),
    resources: resources.split(','),
    ...(names === undefined ? {} : { resourceNames: names.split(',') }),
  };
}

export function clusterRole(name: string, ...rules: k8s.V1PolicyRule[]): k8s.V1ClusterRole {
  return { metadata: { name }, rules };
}

export function role(namespace: string, name: string, ...rules: k8s.V1PolicyRule[]): k8s.V1Role {
  return { metadata: { namespace, name }, rules };
}

export const user = (name: string): k8s.RbacV1Subject => ({ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name });
export const group = (name: string): k8s.RbacV1Subject => ({ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name });
export const account = (namespace: string | undefined, name: string): k8s.RbacV1Subject => ({
  kind: 'ServiceAccount',
  name,
  ...(namespace === undefined ? {} : { namespace }),
});

const GROUP = 'rbac.authorization.k8s.io';

/** A ClusterRoleBinding to a ClusterRole. */
export function bindCluster(name: string, roleName: string, ...subjects: k8s.RbacV1Subject[]): k8s.V1ClusterRoleBinding {
  return { metadata: { name }, roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: roleName }, subjects };
}

/** A RoleBinding; `roleName` is `Role x` or `ClusterRole x`. */
export function bind(namespace: string, name: string, roleName: string, ...subjects: k8s.RbacV1Subject[]): k8s.V1RoleBinding {
  const [kind, ...rest] = roleName.split(' ');
  return { metadata: { namespace, name }, roleRef: { apiGroup: GROUP, kind: kind!, name: rest.join(' ') }, subjects };
}

export const CLUSTER_ADMIN = clusterRole('cluster-admin', rule('*', '*', '*'));

/** The resource of a finding about rights: `User alice`, `Group devs`, `ServiceAccount shop/web`. */
export function subject(text: string): ResourceRef {
  const [kind, name] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)];
  if (kind !== 'ServiceAccount') return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, name };
  return { apiVersion: 'v1', kind, namespace: name.slice(0, name.indexOf('/')), name: name.slice(name.indexOf('/') + 1) };
}

/** What a Group, User or account holds cluster-wide by one ClusterRole called `ops` with this rule, bound by `ops`. */
export function everywhere(
  who: k8s.RbacV1Subject,
  ...rules: k8s.V1PolicyRule[]
): { clusterRoles: k8s.V1ClusterRole[]; clusterRoleBindings: k8s.V1ClusterRoleBinding[] } {
  return { clusterRoles: [clusterRole('ops', ...rules)], clusterRoleBindings: [bindCluster('ops', 'ops', who)] };
}

/** The same in one namespace, by a Role called `ops` there. */
export function within(namespace: string, who: k8s.RbacV1Subject, ...rules: k8s.V1PolicyRule[]): { roles: k8s.V1Role[]; roleBindings: k8s.V1RoleBinding[] } {
  return { roles: [role(namespace, 'ops', ...rules)], roleBindings: [bind(namespace, 'ops', 'Role ops', who)] };
}
