import type { V1ConfigMap, V1DaemonSet, V1Deployment, V1LabelSelector, V1NetworkPolicy, V1NetworkPolicySpec, V1Node, V1PodSpec, V1Service, V1ServiceSpec } from '@kubernetes/client-node';

/** Objects of a small cluster, each whole enough for the API server. */

export function namespace(name: string, labels: Record<string, string> = {}) {
  return { metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } } };
}

/** `app` of the labels is the name. */
export function deployment(namespace: string, name: string, spec: Partial<V1PodSpec> = {}, labels: Record<string, string> = { app: name }): V1Deployment {
  return {
    metadata: { namespace, name },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: `registry.example.com/${name}:1` }], ...spec } },
    },
  };
}

export function resourceOf(namespace: string, name: string) {
  return { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name };
}

/** `from` as the API writes it, which client-node calls `_from`. */
type PolicySpec = Omit<Partial<V1NetworkPolicySpec>, 'ingress'> & { readonly ingress?: readonly object[] };

export function networkPolicy(namespace: string, name: string, spec: PolicySpec): V1NetworkPolicy {
  return { metadata: { namespace, name }, spec: { podSelector: {}, ...(spec as Partial<V1NetworkPolicySpec>) } };
}

export function policyResource(namespace: string, name: string) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace, name };
}

/** What the controller of the VPC CNI has written for them. */
export function endpointsOf(policies: readonly V1NetworkPolicy[]) {
  return policies.map(({ metadata, spec }) => ({
    metadata: { namespace: metadata?.namespace ?? '', name: `${metadata?.name}-x7k2p` },
    spec: { policyRef: { namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' }, podSelector: spec?.podSelector ?? {}, podIsolation: spec?.policyTypes ?? ['Ingress', ...(spec?.egress ? ['Egress'] : [])] },
  }));
}

export function denyAll(namespace: string, podSelector: V1LabelSelector = {}): V1NetworkPolicy {
  return networkPolicy(namespace, 'deny-all', { podSelector, policyTypes: ['Ingress', 'Egress'] });
}

export function node(name: string, labels: Record<string, string> = {}, addresses: string[] = ['InternalIP']): V1Node {
  return { metadata: { name, labels: { 'kubernetes.io/os': 'linux', ...labels } }, status: { addresses: addresses.map((type) => ({ type, address: '10.0.0.1' })) } };
}

/** As EKS installs it: the agent is there and told not to enforce. */
export function awsNode(agentArgs: string[] = ['--enable-network-policy=false'], mode = 'standard', nodeSelector: Record<string, string> = {}): V1DaemonSet {
  const account = '602401143452.dkr.ecr.eu-west-1.amazonaws.com';
  return {
    metadata: { namespace: 'kube-system', name: 'aws-node' },
    spec: {
      selector: { matchLabels: { 'k8s-app': 'aws-node' } },
      template: {
        metadata: { labels: { 'k8s-app': 'aws-node' } },
        spec: {
          hostNetwork: true,
          serviceAccountName: 'aws-node',
          nodeSelector,
          containers: [
            { name: 'aws-node', image: `${account}/amazon-k8s-cni:v1.22.4`, env: [{ name: 'NETWORK_POLICY_ENFORCING_MODE', value: mode }] },
            { name: 'aws-eks-nodeagent', image: `${account}/amazon/aws-network-policy-agent:v1.4.0`, args: ['--enable-ipv6=false', ...agentArgs] },
          ],
        },
      },
    },
  };
}

export const AGENT_ON = ['--enable-network-policy=true'];

export function vpcCniConfig(controller: string): V1ConfigMap {
  return { metadata: { namespace: 'kube-system', name: 'amazon-vpc-cni' }, data: { 'enable-network-policy-controller': controller } };
}

/** A cluster of EC2 nodes on which the VPC CNI enforces. */
export const ENFORCED = { daemonSets: [awsNode(AGENT_ON)], vpcCniConfig: [vpcCniConfig('true')], nodes: [node('n1')] };

/** The DaemonSet of another engine. */
export function engine(namespace: string, name: string, container: string, image: string): V1DaemonSet {
  return {
    metadata: { namespace, name },
    spec: { selector: {}, template: { metadata: { labels: { engine: name } }, spec: { hostNetwork: true, containers: [{ name: container, image }] } } },
  };
}

export const CALICO = engine('calico-system', 'calico-node', 'calico-node', 'quay.io/calico/node:v3.31.0');
export const CILIUM = engine('kube-system', 'cilium', 'cilium-agent', 'quay.io/cilium/cilium:v1.18.0');

export function ciliumConfig(data: Record<string, string>): V1ConfigMap {
  return { metadata: { namespace: 'kube-system', name: 'cilium-config' }, data };
}

export const AUTO_NODE = node('a1', { 'eks.amazonaws.com/compute-type': 'auto' });

export function nodeClass(name: string) {
  return { apiVersion: 'eksaminer/v1', kind: 'NodeClass', name };
}

/** A Service for the pods with `app: name`. */
export function service(namespace: string, name: string, spec: Partial<V1ServiceSpec> = {}, annotations: Record<string, string> = {}): V1Service {
  return { metadata: { namespace, name, annotations }, spec: { selector: { app: name }, ports: [{ port: 443, targetPort: 8443 }], ...spec } };
}

/** EKS's ClusterNetworkPolicy, for all pods of all namespaces unless the spec says otherwise. */
export function clusterPolicy(name: string, spec: object) {
  return { metadata: { name }, spec: { tier: 'Admin', priority: 10, subject: { namespaces: {} }, ...spec } };
}

export function clusterPolicyResource(name: string) {
  return { apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'ClusterNetworkPolicy', name };
}
