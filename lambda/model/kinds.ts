/**
 * Every Kubernetes kind that an audit may read. Plan, ClusterRole, live reader and captures all follow this one table:
 * a kind added here is collected everywhere.
 */
export interface KindDefinition {
  readonly group: string;
  /** Versions that we understand, best first; the first one that the server serves is read. */
  readonly versions: readonly string[];
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Built into every API server that we support; otherwise a CRD or a feature defines it, and a server may not serve it. */
  readonly builtIn: boolean;
  /** Read only these objects, by name (get, not list), in this namespace. */
  readonly only?: { readonly namespace: string; readonly names: readonly string[] };
  /** Position in the reading order: referrers come before what they refer to. Lower is read first. */
  readonly order: number;
}

function kind(
  group: string,
  versions: readonly string[],
  name: string,
  plural: string,
  scope: 'namespaced' | 'cluster',
  origin: 'built-in' | 'crd',
  order: number,
  only?: KindDefinition['only'],
): KindDefinition {
  return {
    group,
    versions,
    kind: name,
    plural,
    namespaced: scope === 'namespaced',
    builtIn: origin === 'built-in',
    order,
    ...(only ? { only } : {}),
  };
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const POLICY = 'policy.networking.k8s.io';
const EKS_NETWORK = 'networking.k8s.aws';
const GATEWAY = 'gateway.networking.k8s.io';
const CALICO = 'crd.projectcalico.org';

/** Keyed by source name. Bindings stand before roles, policies before their endpoints (see `order`). */
export const KINDS = {
  roleBindings: kind(RBAC, ['v1'], 'RoleBinding', 'rolebindings', 'namespaced', 'built-in', 10),
  clusterRoleBindings: kind(RBAC, ['v1'], 'ClusterRoleBinding', 'clusterrolebindings', 'cluster', 'built-in', 10),
  networkPolicies: kind('networking.k8s.io', ['v1'], 'NetworkPolicy', 'networkpolicies', 'namespaced', 'built-in', 10),
  ingresses: kind('networking.k8s.io', ['v1'], 'Ingress', 'ingresses', 'namespaced', 'built-in', 10),
  httpRoutes: kind(GATEWAY, ['v1', 'v1beta1'], 'HTTPRoute', 'httproutes', 'namespaced', 'crd', 10),
  grpcRoutes: kind(GATEWAY, ['v1', 'v1alpha2'], 'GRPCRoute', 'grpcroutes', 'namespaced', 'crd', 10),
  tlsRoutes: kind(GATEWAY, ['v1', 'v1alpha3', 'v1alpha2'], 'TLSRoute', 'tlsroutes', 'namespaced', 'crd', 10),
  tcpRoutes: kind(GATEWAY, ['v1', 'v1alpha2'], 'TCPRoute', 'tcproutes', 'namespaced', 'crd', 10),
  udpRoutes: kind(GATEWAY, ['v1', 'v1alpha2'], 'UDPRoute', 'udproutes', 'namespaced', 'crd', 10),
  applicationNetworkPolicies: kind(EKS_NETWORK, ['v1alpha1'], 'ApplicationNetworkPolicy', 'applicationnetworkpolicies', 'namespaced', 'crd', 10),
  eksClusterNetworkPolicies: kind(EKS_NETWORK, ['v1alpha1'], 'ClusterNetworkPolicy', 'clusternetworkpolicies', 'cluster', 'crd', 10),
  clusterNetworkPolicies: kind(POLICY, ['v1alpha2'], 'ClusterNetworkPolicy', 'clusternetworkpolicies', 'cluster', 'crd', 10),
  adminNetworkPolicies: kind(POLICY, ['v1alpha1'], 'AdminNetworkPolicy', 'adminnetworkpolicies', 'cluster', 'crd', 10),
  baselineAdminNetworkPolicies: kind(POLICY, ['v1alpha1'], 'BaselineAdminNetworkPolicy', 'baselineadminnetworkpolicies', 'cluster', 'crd', 10),
  ciliumNetworkPolicies: kind('cilium.io', ['v2'], 'CiliumNetworkPolicy', 'ciliumnetworkpolicies', 'namespaced', 'crd', 10),
  ciliumClusterwideNetworkPolicies: kind('cilium.io', ['v2'], 'CiliumClusterwideNetworkPolicy', 'ciliumclusterwidenetworkpolicies', 'cluster', 'crd', 10),
  calicoNetworkPolicies: kind(CALICO, ['v1'], 'NetworkPolicy', 'networkpolicies', 'namespaced', 'crd', 10),
  calicoGlobalNetworkPolicies: kind(CALICO, ['v1'], 'GlobalNetworkPolicy', 'globalnetworkpolicies', 'cluster', 'crd', 10),
  validatingAdmissionPolicyBindings: kind(ADMISSION, ['v1'], 'ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings', 'cluster', 'built-in', 10),
  mutatingAdmissionPolicyBindings: kind(ADMISSION, ['v1', 'v1beta1', 'v1alpha1'], 'MutatingAdmissionPolicyBinding', 'mutatingadmissionpolicybindings', 'cluster', 'crd', 10),

  roles: kind(RBAC, ['v1'], 'Role', 'roles', 'namespaced', 'built-in', 20),
  clusterRoles: kind(RBAC, ['v1'], 'ClusterRole', 'clusterroles', 'cluster', 'built-in', 20),
  validatingAdmissionPolicies: kind(ADMISSION, ['v1'], 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies', 'cluster', 'built-in', 20),
  mutatingAdmissionPolicies: kind(ADMISSION, ['v1', 'v1beta1', 'v1alpha1'], 'MutatingAdmissionPolicy', 'mutatingadmissionpolicies', 'cluster', 'crd', 20),
  policyEndpoints: kind(EKS_NETWORK, ['v1alpha1'], 'PolicyEndpoint', 'policyendpoints', 'namespaced', 'crd', 20),
  clusterPolicyEndpoints: kind(EKS_NETWORK, ['v1alpha1'], 'ClusterPolicyEndpoint', 'clusterpolicyendpoints', 'cluster', 'crd', 20),
  securityGroupPolicies: kind('vpcresources.k8s.aws', ['v1beta1'], 'SecurityGroupPolicy', 'securitygrouppolicies', 'namespaced', 'crd', 20),
  referenceGrants: kind(GATEWAY, ['v1', 'v1beta1'], 'ReferenceGrant', 'referencegrants', 'namespaced', 'crd', 20),
  listenerSets: kind(GATEWAY, ['v1'], 'ListenerSet', 'listenersets', 'namespaced', 'crd', 15),
  gateways: kind(GATEWAY, ['v1', 'v1beta1'], 'Gateway', 'gateways', 'namespaced', 'crd', 20),
  gatewayClasses: kind(GATEWAY, ['v1', 'v1beta1'], 'GatewayClass', 'gatewayclasses', 'cluster', 'crd', 30),
  loadBalancerConfigurations: kind('gateway.k8s.aws', ['v1beta1'], 'LoadBalancerConfiguration', 'loadbalancerconfigurations', 'namespaced', 'crd', 40),
  ingressClasses: kind('networking.k8s.io', ['v1'], 'IngressClass', 'ingressclasses', 'cluster', 'built-in', 20),
  // The AWS Load Balancer Controller and Auto Mode each have their own; which one a class means, its parameters say.
  ingressClassParams: kind('elbv2.k8s.aws', ['v1beta1'], 'IngressClassParams', 'ingressclassparams', 'cluster', 'crd', 30),
  autoIngressClassParams: kind('eks.amazonaws.com', ['v1'], 'IngressClassParams', 'ingressclassparams', 'cluster', 'crd', 30),
  // Likewise.
  targetGroupBindings: kind('elbv2.k8s.aws', ['v1beta1'], 'TargetGroupBinding', 'targetgroupbindings', 'namespaced', 'crd', 20),
  autoTargetGroupBindings: kind('eks.amazonaws.com', ['v1'], 'TargetGroupBinding', 'targetgroupbindings', 'namespaced', 'crd', 20),
  validatingWebhookConfigurations: kind(ADMISSION, ['v1'], 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', 'cluster', 'built-in', 20),
  mutatingWebhookConfigurations: kind(ADMISSION, ['v1'], 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', 'cluster', 'built-in', 20),
  apiServices: kind('apiregistration.k8s.io', ['v1'], 'APIService', 'apiservices', 'cluster', 'built-in', 20),

  services: kind('', ['v1'], 'Service', 'services', 'namespaced', 'built-in', 30),
  endpointSlices: kind('discovery.k8s.io', ['v1'], 'EndpointSlice', 'endpointslices', 'namespaced', 'built-in', 30),
  deployments: kind('apps', ['v1'], 'Deployment', 'deployments', 'namespaced', 'built-in', 50),
  daemonSets: kind('apps', ['v1'], 'DaemonSet', 'daemonsets', 'namespaced', 'built-in', 50),
  statefulSets: kind('apps', ['v1'], 'StatefulSet', 'statefulsets', 'namespaced', 'built-in', 50),
  replicaSets: kind('apps', ['v1'], 'ReplicaSet', 'replicasets', 'namespaced', 'built-in', 45),
  cronJobs: kind('batch', ['v1'], 'CronJob', 'cronjobs', 'namespaced', 'built-in', 50),
  jobs: kind('batch', ['v1'], 'Job', 'jobs', 'namespaced', 'built-in', 45),
  replicationControllers: kind('', ['v1'], 'ReplicationController', 'replicationcontrollers', 'namespaced', 'built-in', 50),
  // Pods name their owners, so pods are read first, then ReplicaSets and Jobs, then the controllers above those.
  pods: kind('', ['v1'], 'Pod', 'pods', 'namespaced', 'built-in', 40),
  serviceAccounts: kind('', ['v1'], 'ServiceAccount', 'serviceaccounts', 'namespaced', 'built-in', 60),
  resourceQuotas: kind('', ['v1'], 'ResourceQuota', 'resourcequotas', 'namespaced', 'built-in', 60),
  limitRanges: kind('', ['v1'], 'LimitRange', 'limitranges', 'namespaced', 'built-in', 60),
  persistentVolumes: kind('', ['v1'], 'PersistentVolume', 'persistentvolumes', 'cluster', 'built-in', 60),
  storageClasses: kind('storage.k8s.io', ['v1'], 'StorageClass', 'storageclasses', 'cluster', 'built-in', 60),
  customResourceDefinitions: kind('apiextensions.k8s.io', ['v1'], 'CustomResourceDefinition', 'customresourcedefinitions', 'cluster', 'built-in', 60),
  nodes: kind('', ['v1'], 'Node', 'nodes', 'cluster', 'built-in', 60),
  nodeClasses: kind('eks.amazonaws.com', ['v1'], 'NodeClass', 'nodeclasses', 'cluster', 'crd', 60),
  calicoInstallations: kind('operator.tigera.io', ['v1'], 'Installation', 'installations', 'cluster', 'crd', 60),
  calicoHostEndpoints: kind(CALICO, ['v1'], 'HostEndpoint', 'hostendpoints', 'cluster', 'crd', 60),
  namespaces: kind('', ['v1'], 'Namespace', 'namespaces', 'cluster', 'built-in', 70),
  awsAuth: kind('', ['v1'], 'ConfigMap', 'configmaps', 'namespaced', 'built-in', 60, { namespace: 'kube-system', names: ['aws-auth'] }),
  vpcCniConfig: kind('', ['v1'], 'ConfigMap', 'configmaps', 'namespaced', 'built-in', 60, { namespace: 'kube-system', names: ['amazon-vpc-cni'] }),
  ciliumConfig: kind('', ['v1'], 'ConfigMap', 'configmaps', 'namespaced', 'built-in', 60, { namespace: 'kube-system', names: ['cilium-config'] }),
} as const satisfies Record<string, KindDefinition>;

export type KubernetesSource = keyof typeof KINDS;

/** All Kubernetes sources in reading order: referrers first, ties by name. */
export const KUBERNETES_SOURCES: readonly KubernetesSource[] = (Object.keys(KINDS) as KubernetesSource[]).sort(
  (a, b) => KINDS[a].order - KINDS[b].order || (a < b ? -1 : 1),
);

export function apiVersionOf(definition: KindDefinition, version = definition.versions[0]!): string {
  return definition.group === '' ? version : `${definition.group}/${version}`;
}
