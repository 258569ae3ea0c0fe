import { add, EKS, type Cluster, type Writer } from './cluster.ts';
import { kubeObject, type KubeObject } from './kube-object.ts';

/** A CRD without its schema, which is most of its bytes and which nobody here reads. */
export function customResourceDefinition(name: string, kind: string, version: string, scope: 'Namespaced' | 'Cluster', shortNames?: readonly string[]): KubeObject {
  const dot = name.indexOf('.');
  const plural = name.slice(0, dot);
  const names = { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase(), ...(shortNames ? { shortNames } : {}) };
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return kubeObject('apiextensions.k8s.io/v1', 'CustomResourceDefinition', name, {
    spec: { conversion: { strategy: 'None' }, group: name.slice(dot + 1), names, scope, versions: [{ name: version, schema, served: true, storage: true }] },
    status: { acceptedNames: names, conditions: [{ status: 'True', type: 'NamesAccepted' }, { status: 'True', type: 'Established' }], storedVersions: [version] },
  });
}

/** In every EKS cluster since November 2025, and ENIConfig with the VPC CNI. */
export function addEksDefinitions(cluster: Cluster): void {
  add(
    cluster,
    EKS,
    customResourceDefinition('applicationnetworkpolicies.networking.k8s.aws', 'ApplicationNetworkPolicy', 'v1alpha1', 'Namespaced', ['anp']),
    customResourceDefinition('clusternetworkpolicies.networking.k8s.aws', 'ClusterNetworkPolicy', 'v1alpha1', 'Cluster', ['cnp']),
    customResourceDefinition('clusterpolicyendpoints.networking.k8s.aws', 'ClusterPolicyEndpoint', 'v1alpha1', 'Cluster'),
    customResourceDefinition('cninodes.vpcresources.k8s.aws', 'CNINode', 'v1alpha1', 'Cluster', ['cnd']),
    customResourceDefinition('eniconfigs.crd.k8s.amazonaws.com', 'ENIConfig', 'v1alpha1', 'Cluster'),
    customResourceDefinition('policyendpoints.networking.k8s.aws', 'PolicyEndpoint', 'v1alpha1', 'Namespaced'),
    customResourceDefinition('securitygrouppolicies.vpcresources.k8s.aws', 'SecurityGroupPolicy', 'v1beta1', 'Namespaced', ['sgp']),
  );
}

const LOAD_BALANCER_KINDS = [
  ['ingressclassparams.elbv2.k8s.aws', 'IngressClassParams', 'v1beta1', 'Cluster'],
  ['targetgroupbindings.elbv2.k8s.aws', 'TargetGroupBinding', 'v1beta1', 'Namespaced'],
] as const;
const CERT_MANAGER_KINDS = [
  ['certificaterequests.cert-manager.io', 'CertificateRequest', 'v1', 'Namespaced'],
  ['certificates.cert-manager.io', 'Certificate', 'v1', 'Namespaced'],
  ['challenges.acme.cert-manager.io', 'Challenge', 'v1', 'Namespaced'],
  ['clusterissuers.cert-manager.io', 'ClusterIssuer', 'v1', 'Cluster'],
  ['issuers.cert-manager.io', 'Issuer', 'v1', 'Namespaced'],
  ['orders.acme.cert-manager.io', 'Order', 'v1', 'Namespaced'],
] as const;
const KARPENTER_KINDS = [
  ['ec2nodeclasses.karpenter.k8s.aws', 'EC2NodeClass', 'v1', 'Cluster'],
  ['nodeclaims.karpenter.sh', 'NodeClaim', 'v1', 'Cluster'],
  ['nodepools.karpenter.sh', 'NodePool', 'v1', 'Cluster'],
] as const;
const PROMETHEUS_KINDS = [
  ['alertmanagers.monitoring.coreos.com', 'Alertmanager', 'v1', 'Namespaced'],
  ['podmonitors.monitoring.coreos.com', 'PodMonitor', 'v1', 'Namespaced'],
  ['prometheuses.monitoring.coreos.com', 'Prometheus', 'v1', 'Namespaced'],
  ['prometheusrules.monitoring.coreos.com', 'PrometheusRule', 'v1', 'Namespaced'],
  ['servicemonitors.monitoring.coreos.com', 'ServiceMonitor', 'v1', 'Namespaced'],
] as const;
const DEFINITIONS = { 'load-balancer-controller': LOAD_BALANCER_KINDS, 'cert-manager': CERT_MANAGER_KINDS, karpenter: KARPENTER_KINDS, prometheus: PROMETHEUS_KINDS };

export function addDefinitionsOf(cluster: Cluster, writer: Writer, product: keyof typeof DEFINITIONS): void {
  add(cluster, writer, ...DEFINITIONS[product].map(([name, kind, version, scope]) => customResourceDefinition(name, kind, version, scope)));
}
