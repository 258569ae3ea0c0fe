import type * as k8s from '@kubernetes/client-node';
import type * as eks from './eks.ts';
import type { KubernetesSource } from './kinds.ts';
import { KINDS } from './kinds.ts';
import type {
  ApplicationNetworkPolicySpec,
  CalicoHostEndpointSpec,
  CalicoInstallationSpec,
  ClusterPolicyEndpointSpec,
  CustomObject,
  GatewayClassSpec,
  GatewaySpec,
  IngressClassParamsSpec,
  ListenerSetSpec,
  LoadBalancerConfigurationSpec,
  NodeClassSpec,
  PolicyEndpointSpec,
  ReferenceGrantSpec,
  RouteSpec,
  SecurityGroupPolicySpec,
  TargetGroupBindingSpec,
  TierPolicySpec,
} from './policy-kinds.ts';

type List<T> = readonly T[];

/** What each Kubernetes source holds: API objects, trimmed to the fields that somebody declared. */
export interface KubernetesSources {
  readonly namespaces: List<k8s.V1Namespace>;
  readonly nodes: List<k8s.V1Node>;
  readonly pods: List<k8s.V1Pod>;
  readonly services: List<k8s.V1Service>;
  readonly serviceAccounts: List<k8s.V1ServiceAccount>;
  readonly endpointSlices: List<k8s.V1EndpointSlice>;
  readonly deployments: List<k8s.V1Deployment>;
  readonly daemonSets: List<k8s.V1DaemonSet>;
  readonly statefulSets: List<k8s.V1StatefulSet>;
  readonly replicaSets: List<k8s.V1ReplicaSet>;
  readonly jobs: List<k8s.V1Job>;
  readonly cronJobs: List<k8s.V1CronJob>;
  readonly replicationControllers: List<k8s.V1ReplicationController>;
  readonly roles: List<k8s.V1Role>;
  readonly roleBindings: List<k8s.V1RoleBinding>;
  readonly clusterRoles: List<k8s.V1ClusterRole>;
  readonly clusterRoleBindings: List<k8s.V1ClusterRoleBinding>;
  readonly networkPolicies: List<k8s.V1NetworkPolicy>;
  readonly ingresses: List<k8s.V1Ingress>;
  readonly ingressClasses: List<k8s.V1IngressClass>;
  readonly gateways: List<CustomObject<GatewaySpec>>;
  readonly gatewayClasses: List<CustomObject<GatewayClassSpec>>;
  readonly loadBalancerConfigurations: List<CustomObject<LoadBalancerConfigurationSpec>>;
  readonly listenerSets: List<CustomObject<ListenerSetSpec>>;
  readonly httpRoutes: List<CustomObject<RouteSpec>>;
  readonly grpcRoutes: List<CustomObject<RouteSpec>>;
  readonly tlsRoutes: List<CustomObject<RouteSpec>>;
  readonly tcpRoutes: List<CustomObject<RouteSpec>>;
  readonly udpRoutes: List<CustomObject<RouteSpec>>;
  readonly referenceGrants: List<CustomObject<ReferenceGrantSpec>>;
  readonly resourceQuotas: List<k8s.V1ResourceQuota>;
  readonly limitRanges: List<k8s.V1LimitRange>;
  readonly persistentVolumes: List<k8s.V1PersistentVolume>;
  readonly storageClasses: List<k8s.V1StorageClass>;
  readonly validatingWebhookConfigurations: List<k8s.V1ValidatingWebhookConfiguration>;
  readonly mutatingWebhookConfigurations: List<k8s.V1MutatingWebhookConfiguration>;
  readonly validatingAdmissionPolicies: List<k8s.V1ValidatingAdmissionPolicy>;
  readonly validatingAdmissionPolicyBindings: List<k8s.V1ValidatingAdmissionPolicyBinding>;
  readonly mutatingAdmissionPolicies: List<k8s.V1MutatingAdmissionPolicy>;
  readonly mutatingAdmissionPolicyBindings: List<k8s.V1MutatingAdmissionPolicyBinding>;
  readonly apiServices: List<k8s.V1APIService>;
  readonly customResourceDefinitions: List<k8s.V1CustomResourceDefinition>;
  readonly adminNetworkPolicies: List<CustomObject<TierPolicySpec>>;
  readonly baselineAdminNetworkPolicies: List<CustomObject<TierPolicySpec>>;
  readonly clusterNetworkPolicies: List<CustomObject<TierPolicySpec>>;
  readonly eksClusterNetworkPolicies: List<CustomObject<TierPolicySpec>>;
  readonly applicationNetworkPolicies: List<CustomObject<ApplicationNetworkPolicySpec>>;
  readonly ciliumNetworkPolicies: List<CustomObject<unknown>>;
  readonly ciliumClusterwideNetworkPolicies: List<CustomObject<unknown>>;
  readonly calicoNetworkPolicies: List<CustomObject<unknown>>;
  readonly calicoGlobalNetworkPolicies: List<CustomObject<unknown>>;
  readonly policyEndpoints: List<CustomObject<PolicyEndpointSpec>>;
  readonly clusterPolicyEndpoints: List<CustomObject<ClusterPolicyEndpointSpec>>;
  readonly securityGroupPolicies: List<CustomObject<SecurityGroupPolicySpec>>;
  readonly nodeClasses: List<CustomObject<NodeClassSpec>>;
  readonly calicoInstallations: List<CustomObject<CalicoInstallationSpec>>;
  readonly calicoHostEndpoints: List<CustomObject<CalicoHostEndpointSpec>>;
  readonly ingressClassParams: List<CustomObject<IngressClassParamsSpec>>;
  readonly autoIngressClassParams: List<CustomObject<IngressClassParamsSpec>>;
  readonly targetGroupBindings: List<CustomObject<TargetGroupBindingSpec>>;
  readonly autoTargetGroupBindings: List<CustomObject<TargetGroupBindingSpec>>;
  /** No element: the ConfigMap was looked for and is not there. */
  readonly awsAuth: List<k8s.V1ConfigMap>;
  readonly vpcCniConfig: List<k8s.V1ConfigMap>;
  readonly ciliumConfig: List<k8s.V1ConfigMap>;
}

/** The AWS side. Lists hold what the describe calls say; the cluster is one object. */
export interface AwsSources {
  readonly eksCluster: eks.EksCluster;
  readonly eksAddons: List<eks.EksAddon>;
  readonly eksAccessEntries: List<eks.EksAccessEntry>;
  readonly eksAssociatedAccessPolicies: List<eks.EksAssociatedAccessPolicies>;
  readonly eksNodegroups: List<eks.EksNodegroup>;
  readonly eksFargateProfiles: List<eks.EksFargateProfile>;
  readonly eksPodIdentityAssociations: List<eks.EksPodIdentityAssociation>;
  readonly eksIdentityProviderConfigs: List<eks.EksIdentityProviderConfig>;
  readonly eksInsights: List<eks.EksInsight>;
  /** All versions that EKS knows, not only the cluster's. */
  readonly eksClusterVersions: List<eks.EksClusterVersion>;
  readonly ec2SecurityGroups: List<eks.SecurityGroup>;
  readonly ec2Subnets: List<eks.Subnet>;
  readonly ec2RouteTables: List<eks.RouteTable>;
  /** Those that node groups name. */
  readonly ec2LaunchTemplateVersions: List<eks.LaunchTemplateVersion>;
  /**
   * Those that the cluster, its node groups, Fargate profiles, add-ons, pod identity associations and ServiceAccounts name, as far as these sources were read
   * themselves: what goes from one of them to its role needs both.
   */
  readonly iamRoles: List<eks.IamRole>;
  /** Managed policies that are attached to those. */
  readonly iamPolicies: List<eks.IamPolicy>;
}

/** `<major>.<minor>` of the API server, for example `1.35`. */
export interface VersionSource {
  readonly kubernetesVersion: string;
}

export interface Sources extends KubernetesSources, AwsSources, VersionSource {}
export type SourceName = keyof Sources;
export type AwsSource = keyof AwsSources;

/** How the AWS CLI prints each AWS source: the top-level key of the answer, and the IAM actions that give it. */
export const AWS_SOURCES = {
  eksCluster: { key: 'cluster', many: false, actions: ['eks:DescribeCluster'] },
  eksAddons: { key: 'addon', many: true, actions: ['eks:ListAddons', 'eks:DescribeAddon'] },
  eksAccessEntries: { key: 'accessEntry', many: true, actions: ['eks:ListAccessEntries', 'eks:DescribeAccessEntry'] },
  eksAssociatedAccessPolicies: { key: 'associatedAccessPolicies', many: true, actions: ['eks:ListAssociatedAccessPolicies'] },
  eksNodegroups: { key: 'nodegroup', many: true, actions: ['eks:ListNodegroups', 'eks:DescribeNodegroup'] },
  eksFargateProfiles: { key: 'fargateProfile', many: true, actions: ['eks:ListFargateProfiles', 'eks:DescribeFargateProfile'] },
  eksPodIdentityAssociations: { key: 'association', many: true, actions: ['eks:ListPodIdentityAssociations', 'eks:DescribePodIdentityAssociation'] },
  eksIdentityProviderConfigs: { key: 'identityProviderConfig', many: true, actions: ['eks:ListIdentityProviderConfigs', 'eks:DescribeIdentityProviderConfig'] },
  eksInsights: { key: 'insight', many: true, actions: ['eks:ListInsights', 'eks:DescribeInsight'] },
  eksClusterVersions: { key: 'clusterVersions', many: true, actions: ['eks:DescribeClusterVersions'] },
  ec2SecurityGroups: { key: 'SecurityGroups', many: true, actions: ['ec2:DescribeSecurityGroups'] },
  ec2Subnets: { key: 'Subnets', many: true, actions: ['ec2:DescribeSubnets'] },
  ec2RouteTables: { key: 'RouteTables', many: true, actions: ['ec2:DescribeRouteTables'] },
  ec2LaunchTemplateVersions: { key: 'LaunchTemplateVersions', many: true, actions: ['ec2:DescribeLaunchTemplateVersions'] },
  iamRoles: { key: 'RoleDetailList', many: true, actions: ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'] },
  iamPolicies: { key: 'Policies', many: true, actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'] },
} as const satisfies Record<AwsSource, { readonly key: string; readonly many: boolean; readonly actions: readonly string[] }>;

export function isKubernetesSource(name: string): name is KubernetesSource {
  return Object.hasOwn(KINDS, name);
}

export function isAwsSource(name: string): name is AwsSource {
  return Object.hasOwn(AWS_SOURCES, name);
}

export const SOURCE_NAMES: readonly SourceName[] = [
  ...(Object.keys(KINDS) as KubernetesSource[]),
  ...(Object.keys(AWS_SOURCES) as AwsSource[]),
  'kubernetesVersion' as const,
].sort();
