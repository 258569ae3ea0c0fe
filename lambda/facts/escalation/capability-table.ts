/** Something that one request needs to be allowed, asked of rules exactly: names are kept, not guessed at. */
export interface CapabilityDefinition {
  readonly verbs: readonly string[];
  /** `group/resource` or `group/resource/subresource`; the core group is empty. */
  readonly on: readonly string[];
  /** `cluster`: a resource without namespaces, inert in a RoleBinding. */
  readonly where: 'anywhere' | 'cluster';
}

const RBAC = 'rbac.authorization.k8s.io';
const CHANGE = ['update', 'patch'];
const WRITE = ['create', 'update', 'patch'];
const CONTROLLERS = ['apps/deployments', 'apps/daemonsets', 'apps/statefulsets', 'apps/replicasets', 'batch/jobs', 'batch/cronjobs', '/replicationcontrollers'];

function anywhere(verbs: readonly string[], ...on: readonly string[]): CapabilityDefinition {
  return { verbs, on, where: 'anywhere' };
}

function clusterWide(verbs: readonly string[], ...on: readonly string[]): CapabilityDefinition {
  return { verbs, on, where: 'cluster' };
}

/**
 * What the edges of escalation ask. Verbs that need an object which is there already (update, patch) stand apart from those that make one.
 * Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac-privilege-escalation-risks and the published attacks on each.
 */
export const CAPABILITIES = {
  createPods: anywhere(['create'], '/pods'),
  createControllers: anywhere(['create'], ...CONTROLLERS),
  changeControllers: anywhere(CHANGE, ...CONTROLLERS),
  changePods: anywhere(CHANGE, '/pods'),
  debugPods: anywhere(CHANGE, '/pods/ephemeralcontainers'),
  createExec: anywhere(['create'], '/pods/exec', '/pods/attach'),
  getExec: anywhere(['get'], '/pods/exec', '/pods/attach'),
  createTokens: anywhere(['create'], '/serviceaccounts/token'),
  actAsAccounts: anywhere(['impersonate'], '/serviceaccounts'),
  actAsUsers: clusterWide(['impersonate'], '/users'),
  actAsGroups: clusterWide(['impersonate'], '/groups'),
  escalateRoles: anywhere(['escalate'], `${RBAC}/roles`),
  createRoles: anywhere(['create'], `${RBAC}/roles`),
  changeRoles: anywhere(CHANGE, `${RBAC}/roles`),
  escalateClusterRoles: clusterWide(['escalate'], `${RBAC}/clusterroles`),
  changeClusterRoles: clusterWide(CHANGE, `${RBAC}/clusterroles`),
  bindRoles: anywhere(['bind'], `${RBAC}/roles`),
  // Asked in the namespace of the binding, so that it counts in a RoleBinding too.
  bindClusterRoles: anywhere(['bind'], `${RBAC}/clusterroles`),
  createRoleBindings: anywhere(['create'], `${RBAC}/rolebindings`),
  changeRoleBindings: anywhere(CHANGE, `${RBAC}/rolebindings`),
  createClusterRoleBindings: clusterWide(['create'], `${RBAC}/clusterrolebindings`),
  changeClusterRoleBindings: clusterWide(CHANGE, `${RBAC}/clusterrolebindings`),
  createSecrets: anywhere(['create'], '/secrets'),
  readSecrets: anywhere(['get', 'list', 'watch'], '/secrets'),
  proxyNodes: clusterWide(['get', 'create'], '/nodes/proxy'),
  writeWebhooks: clusterWide(WRITE, 'admissionregistration.k8s.io/mutatingwebhookconfigurations'),
  writeApiServices: clusterWide(WRITE, 'apiregistration.k8s.io/apiservices'),
  // A request for a namespace carries its own name as its namespace: a RoleBinding there is enough.
  changeNamespaces: anywhere(CHANGE, '/namespaces'),
  createVolumes: clusterWide(['create'], '/persistentvolumes'),
  createConfigMaps: anywhere(['create'], '/configmaps'),
  changeConfigMaps: anywhere(CHANGE, '/configmaps'),
} as const satisfies Record<string, CapabilityDefinition>;

export type Capability = keyof typeof CAPABILITIES;
