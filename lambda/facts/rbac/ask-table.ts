import { CHANGE, DELETE, EVERY_RESOURCE, EVERY_VERB, READ, WRITE, WRITE_OR_DELETE, ask, type Ask } from './ask.ts';
import { CLUSTER_ASKS } from './cluster-asks.ts';
import { CONTROLLER_ASKS } from './controller-asks.ts';
import { TRAFFIC_ASKS } from './traffic-asks.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const CSR = 'certificates.k8s.io';

/** Every question, by name. */
export const ASKS = {
  // `*` in the core group alone has Secrets, nodes/proxy and impersonation in it.
  everything: ask(EVERY_VERB, EVERY_RESOURCE),
  readAll: ask(READ, EVERY_RESOURCE),
  writeAll: ask(WRITE, EVERY_RESOURCE),
  deleteAll: ask(DELETE, EVERY_RESOURCE),
  allOfSecrets: ask(EVERY_VERB, ['/secrets']),
  allOfPods: ask(EVERY_VERB, ['/pods']),
  readSecrets: ask(READ, ['/secrets']),
  writeSecrets: ask(WRITE, ['/secrets']),
  createPods: ask(['create'], ['/pods']),
  // One controller is enough: its template may name any ServiceAccount of the namespace.
  writeControllers: ask(
    WRITE,
    ['apps/deployments', 'apps/daemonsets', 'apps/statefulsets', 'apps/replicasets', 'batch/jobs', 'batch/cronjobs', '/replicationcontrollers'],
    'some',
  ),
  changePods: ask(CHANGE, ['/pods']),
  addDebugContainers: ask(CHANGE, ['/pods/ephemeralcontainers'], 'some'),
  createExec: ask(['create'], ['/pods/exec', '/pods/attach'], 'some'),
  getExec: ask(['get'], ['/pods/exec', '/pods/attach'], 'some'),
  forwardPorts: ask(['create'], ['/pods/portforward'], 'some'),
  proxyPods: ask(['get', ...WRITE, 'delete'], ['/pods/proxy', '/services/proxy'], 'some'),
  proxyNodes: ask(['get', 'create'], ['/nodes/proxy'], 'some', 'cluster'),
  changeNodes: ask(CHANGE, ['/nodes', '/nodes/status'], 'any', 'cluster'),
  createTokens: ask(['create'], ['/serviceaccounts/token']),
  impersonateUsers: ask(['impersonate'], ['/users'], 'any', 'cluster'),
  impersonateSomeUser: ask(['impersonate'], ['/users'], 'some', 'cluster'),
  impersonateSomeAccount: ask(['impersonate'], ['/serviceaccounts'], 'some'),
  impersonateMasters: ask(['impersonate'], ['/groups'], ['system:masters'], 'cluster'),
  impersonateAccounts: ask(['impersonate'], ['/serviceaccounts']),
  // In a create `escalate` is asked without a name, in an update with that of the role.
  escalateNewRoles: ask(['escalate'], [`${RBAC}/roles`], 'none'),
  escalateSomeRole: ask(['escalate'], [`${RBAC}/roles`], 'some'),
  escalateAnyRole: ask(['escalate'], [`${RBAC}/roles`]),
  createRoles: ask(['create'], [`${RBAC}/roles`]),
  changeSomeRole: ask(CHANGE, [`${RBAC}/roles`], 'some'),
  changeAnyRole: ask(CHANGE, [`${RBAC}/roles`]),
  escalateNewClusterRoles: ask(['escalate'], [`${RBAC}/clusterroles`], 'none', 'cluster'),
  escalateSomeClusterRole: ask(['escalate'], [`${RBAC}/clusterroles`], 'some', 'cluster'),
  escalateAnyClusterRole: ask(['escalate'], [`${RBAC}/clusterroles`], 'any', 'cluster'),
  createClusterRoles: ask(['create'], [`${RBAC}/clusterroles`], 'any', 'cluster'),
  changeSomeClusterRole: ask(CHANGE, [`${RBAC}/clusterroles`], 'some', 'cluster'),
  changeAnyClusterRole: ask(CHANGE, [`${RBAC}/clusterroles`], 'any', 'cluster'),
  // Asked in the binding's own namespace, so that `bind` on ClusterRoles works through a RoleBinding too.
  bindAnyRole: ask(['bind'], [`${RBAC}/roles`]),
  bindClusterAdmin: ask(['bind'], [`${RBAC}/clusterroles`], ['cluster-admin']),
  bindSomeRole: ask(['bind'], [`${RBAC}/roles`], 'some'),
  bindSomeClusterRole: ask(['bind'], [`${RBAC}/clusterroles`], 'some'),
  createRoleBindings: ask(['create'], [`${RBAC}/rolebindings`]),
  createClusterRoleBindings: ask(['create'], [`${RBAC}/clusterrolebindings`], 'any', 'cluster'),
  writeRoleBindings: ask(WRITE, [`${RBAC}/rolebindings`], 'some'),
  writeClusterRoleBindings: ask(WRITE, [`${RBAC}/clusterrolebindings`], 'some', 'cluster'),
  approveRequests: ask(CHANGE, [`${CSR}/certificatesigningrequests/approval`], 'some', 'cluster'),
  approveForSigner: ask(['approve'], [`${CSR}/signers`], ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*'], 'cluster'),
  createVolumes: ask(['create'], ['/persistentvolumes'], 'any', 'cluster'),
  writeMutating: ask(
    WRITE,
    [`${ADMISSION}/mutatingwebhookconfigurations`, `${ADMISSION}/mutatingadmissionpolicies`, `${ADMISSION}/mutatingadmissionpolicybindings`],
    'some',
    'cluster',
  ),
  writeValidating: ask(
    WRITE_OR_DELETE,
    [`${ADMISSION}/validatingwebhookconfigurations`, `${ADMISSION}/validatingadmissionpolicies`, `${ADMISSION}/validatingadmissionpolicybindings`],
    'some',
    'cluster',
  ),
  writeApiServices: ask(WRITE, ['apiregistration.k8s.io/apiservices'], 'some', 'cluster'),
  // A request for a namespace carries its own name as its namespace: a RoleBinding there is enough.
  changeNamespaces: ask(CHANGE, ['/namespaces']),
  changeNamedNamespace: ask(CHANGE, ['/namespaces'], 'own'),
  writePolicies: ask(
    WRITE_OR_DELETE,
    [
      'networking.k8s.io/networkpolicies',
      'networking.k8s.aws/applicationnetworkpolicies',
      'cilium.io/ciliumnetworkpolicies',
      'crd.projectcalico.org/networkpolicies',
      'projectcalico.org/networkpolicies',
    ],
  ),
  writeClusterPolicies: ask(
    WRITE_OR_DELETE,
    [
      'policy.networking.k8s.io/adminnetworkpolicies',
      'policy.networking.k8s.io/baselineadminnetworkpolicies',
      'policy.networking.k8s.io/clusternetworkpolicies',
      'networking.k8s.aws/clusternetworkpolicies',
      'cilium.io/ciliumclusterwidenetworkpolicies',
      'crd.projectcalico.org/globalnetworkpolicies',
      'projectcalico.org/globalnetworkpolicies',
    ],
    'any',
    'cluster',
  ),
  createSecrets: ask(['create'], ['/secrets']),
  getForward: ask(['get'], ['/pods/portforward'], 'some'),
  changeAwsAuth: ask(CHANGE, ['/configmaps'], ['aws-auth'], 'kube-system'),
  createAwsAuth: ask(['create'], ['/configmaps'], 'any', 'kube-system'),
  ...CLUSTER_ASKS,
  ...TRAFFIC_ASKS,
  ...CONTROLLER_ASKS,
} as const satisfies Record<string, Ask>;
