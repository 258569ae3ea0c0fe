import { add, CONTROLLER_MANAGER, EKS, matches, ofKind, type Cluster } from './cluster.ts';
import { fields, kubeObject, list, type Fields, type KubeObject, type Labels } from './kube-object.ts';
import { uidOf } from './controllers.ts';
import { ownerReference } from './pod.ts';
import { stableSuffix } from './stable.ts';

/** The EndpointSlices of every Service that selects pods, and that of the API server's own Service. */
export function addEndpointSlices(cluster: Cluster): void {
  const pods = ofKind(cluster, 'Pod').filter((pod) => fields(pod['status'])['phase'] === 'Running');
  for (const service of ofKind(cluster, 'Service')) {
    const selector = fields(service['spec'])['selector'] as Labels | undefined;
    if (!selector) continue;
    const backing = pods.filter((pod) => pod.metadata.namespace === service.metadata.namespace && matches(selector, pod.metadata.labels));
    add(cluster, CONTROLLER_MANAGER, sliceOf(cluster, service, backing));
  }
  const { vpcOctet } = cluster.settings;
  add(cluster, { manager: 'kube-apiserver', operation: 'Update' }, kubeObject('discovery.k8s.io/v1', 'EndpointSlice', 'default/kubernetes', {
    addressType: 'IPv4',
    endpoints: [37, 164].map((host, index) => ({ addresses: [`10.${vpcOctet}.${index}.${host}`], conditions: { ready: true } })),
    ports: [{ name: 'https', port: 443, protocol: 'TCP' }],
  }, { labels: { 'kubernetes.io/service-name': 'kubernetes' } }));
}

function sliceOf(cluster: Cluster, service: KubeObject, pods: readonly KubeObject[]): KubeObject {
  const { namespace, name } = service.metadata;
  const endpoints = pods.map((pod) => ({
    addresses: [fields(pod['status'])['podIP']],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: fields(pod['spec'])['nodeName'],
    targetRef: { kind: 'Pod', name: pod.metadata.name, namespace, uid: uidOf(cluster, pod) },
  }));
  const ports = list(fields(service['spec'])['ports']).map((port) => ({ ...(port['name'] === undefined ? {} : { name: port['name'] }), port: targetPort(port, pods[0]), protocol: port['protocol'] ?? 'TCP' }));
  const owner = { ...ownerReference({ object: service, uid: uidOf(cluster, service) }) };
  return kubeObject('discovery.k8s.io/v1', 'EndpointSlice', `${namespace!}/${name}-${stableSuffix(`slice/${namespace!}/${name}`, 5)}`, { addressType: 'IPv4', endpoints, ports }, {
    generateName: `${name}-`,
    labels: { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io', 'kubernetes.io/service-name': name },
    ownerReferences: [owner],
  });
}

function targetPort(port: Fields, pod: KubeObject | undefined): unknown {
  const target = port['targetPort'] ?? port['port'];
  if (typeof target !== 'string') return target;
  const ports = list(fields(pod?.['spec'])['containers']).flatMap((container) => list(container['ports']));
  return ports.find((candidate) => candidate['name'] === target)?.['containerPort'] ?? port['port'];
}

/** What the network policy controller of EKS makes of every NetworkPolicy; the pods and rules that it resolves are left out but for the subject. */
export function addPolicyEndpoints(cluster: Cluster): void {
  const pods = ofKind(cluster, 'Pod');
  for (const policy of ofKind(cluster, 'NetworkPolicy')) {
    const { namespace, name } = policy.metadata;
    const spec = fields(policy['spec']);
    const selector = fields(spec['podSelector'])['matchLabels'] as Labels | undefined;
    const selected = pods.filter((pod) => pod.metadata.namespace === namespace && !fields(pod['spec'])['hostNetwork'] && matches(selector, pod.metadata.labels));
    add(cluster, EKS, kubeObject('networking.k8s.aws/v1alpha1', 'PolicyEndpoint', `${namespace!}/${name}-${stableSuffix(`endpoint/${namespace!}/${name}`, 5)}`, {
      spec: {
        podIsolation: spec['policyTypes'],
        podSelector: spec['podSelector'],
        podSelectorEndpoints: selected.map((pod) => ({ hostIP: fields(pod['status'])['hostIP'], name: pod.metadata.name, namespace, podIP: fields(pod['status'])['podIP'] })),
        policyRef: { name, namespace },
      },
    }, { generateName: `${name}-`, ownerReferences: [ownerReference({ object: policy, uid: uidOf(cluster, policy) })] }));
  }
}
