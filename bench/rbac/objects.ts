import { binding, clusterRole, role } from '../objects.ts';

/** Eight bindings a project, as a platform makes them that gives every team a namespace of its own. */
const BINDINGS_A_PROJECT = 8;
const RBAC = 'rbac.authorization.k8s.io';
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const READ = ['get', 'list', 'watch'];

/** What the six ClusterRoles of the platform allow. */
const CLUSTER_ROLES: Readonly<Record<string, readonly object[]>> = {
  admin: [...edit(), { apiGroups: [RBAC], resources: ['roles', 'rolebindings'], verbs: [...READ, ...WRITE] }],
  edit: edit(),
  view: [{ apiGroups: ['', 'apps', 'batch'], resources: ['pods', 'services', 'configmaps', 'deployments', 'jobs'], verbs: READ }],
  deployer: [{ apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: [...READ, ...WRITE] }],
  debugger: [{ apiGroups: [''], resources: ['pods/exec', 'pods/portforward'], verbs: ['create'] }],
  'secret-reader': [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }],
};

function edit(): readonly object[] {
  return [
    { apiGroups: [''], resources: ['pods', 'pods/exec', 'secrets', 'services', 'serviceaccounts', 'configmaps'], verbs: [...READ, ...WRITE] },
    { apiGroups: ['apps'], resources: ['deployments', 'daemonsets', 'replicasets', 'statefulsets'], verbs: [...READ, ...WRITE] },
    { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: [...READ, ...WRITE] },
  ];
}

export interface RbacObjects {
  readonly clusterRoleBindings: readonly object[];
  readonly roleBindings: readonly object[];
  readonly clusterRoles: readonly object[];
  readonly roles: readonly object[];
}

/** RoleBindings of projects to the platform's ClusterRoles and to Roles of their own, and one ClusterRoleBinding with half as many subjects as there are bindings. */
export function rbacObjects(bindings: number): RbacObjects {
  const projects = Math.max(1, Math.floor(bindings / BINDINGS_A_PROJECT));
  const names = Object.keys(CLUSTER_ROLES);
  const crowd = Array.from({ length: Math.floor(bindings / 2) }, (_, i) => ({ apiGroup: RBAC, kind: 'User', name: `user-${i}@example.com` }));
  const toPlatform = (i: number): object => {
    const made = binding(i, projects) as { readonly subjects: readonly object[] };
    return { ...made, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: names[i % names.length] } };
  };
  return {
    clusterRoleBindings: [{ apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', metadata: { name: 'crowd' }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'debugger' }, subjects: crowd }],
    // Every tenth is to a Role of the project's own.
    roleBindings: Array.from({ length: bindings }, (_, i) => (i % 10 === 0 ? binding(i, projects) : toPlatform(i))),
    clusterRoles: [...names.map((name, i) => ({ ...clusterRole(i), metadata: { name }, rules: CLUSTER_ROLES[name] })), ...Array.from({ length: 80 }, (_, i) => clusterRole(i))],
    roles: Array.from({ length: Math.floor(bindings / 2) }, (_, i) => role(i, projects)),
  };
}
