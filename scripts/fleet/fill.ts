import { aggregateRoles } from './aggregate-roles.ts';
import { add, CONTROLLER_MANAGER, ofKind, type Cluster, type Writer } from './cluster.ts';
import { addEndpointSlices, addPolicyEndpoints } from './endpoints.ts';
import { addTargetGroupBindings } from './target-group-bindings.ts';
import { runControllers, uidOf } from './controllers.ts';
import { fields, kubeObject, list, pathOf, type Fields, type KubeObject } from './kube-object.ts';
import { managedFieldsOf } from './managed-fields.ts';
import { addNodes } from './nodes.ts';
import { apiTime, minutesAfter, stableNumber, stableTime } from './stable.ts';

/** Everything that a running cluster adds to what people and EKS declared: nodes, pods, endpoints, ids, times, versions. */
export function runCluster(cluster: Cluster, options: { readonly policyController: boolean }): Cluster {
  aggregateRoles(cluster);
  addNodes(cluster);
  for (const { metadata } of ofKind(cluster, 'Namespace')) {
    add(cluster, CONTROLLER_MANAGER, kubeObject('v1', 'ServiceAccount', `${metadata.name}/default`));
  }
  for (const service of ofKind(cluster, 'Service')) fillService(cluster, service);
  runControllers(cluster);
  addEndpointSlices(cluster);
  addTargetGroupBindings(cluster);
  if (options.policyController) addPolicyEndpoints(cluster);
  for (const object of cluster.objects) fillMetadata(cluster, object);
  return cluster;
}

function fillService({ settings }: Cluster, service: KubeObject): void {
  const path = pathOf(service);
  const spec = fields(service['spec']);
  const clusterIP = `172.20.${String(stableNumber(`${path}/third`, 256))}.${String(2 + stableNumber(`${path}/fourth`, 250))}`;
  const ports = list(spec['ports']).map((port) => ({
    protocol: 'TCP',
    targetPort: port['port'],
    ...(spec['type'] === 'LoadBalancer' || spec['type'] === 'NodePort' ? { nodePort: 30_000 + stableNumber(`${path}/${String(port['port'])}`, 2_768) } : {}),
    ...port,
  }));
  service['spec'] = { clusterIP, clusterIPs: [clusterIP], internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', sessionAffinity: 'None', type: 'ClusterIP', ...spec, ports };
  const balancer = spec['type'] === 'LoadBalancer' ? { ingress: [{ hostname: `k8s-${service.metadata.namespace!}-${service.metadata.name}.elb.${settings.region}.amazonaws.com` }] } : {};
  service['status'] = { loadBalancer: balancer };
}

/** Kinds whose version goes up all day long. */
const RESTLESS = new Set(['Pod', 'Node', 'EndpointSlice', 'Deployment', 'ReplicaSet', 'DaemonSet', 'CronJob', 'Job', 'PolicyEndpoint']);
const WITH_GENERATION = new Set(['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'CronJob', 'Job', 'Pod', 'NetworkPolicy', 'Ingress', 'CustomResourceDefinition', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'PolicyEndpoint']);
const STATUS_MANAGERS: ReadonlyMap<string, string> = new Map([['Pod', 'kubelet'], ['Node', 'kubelet'], ['CustomResourceDefinition', 'kube-apiserver']]);

function fillMetadata(cluster: Cluster, object: KubeObject): void {
  const { settings } = cluster;
  const path = `${settings.name}/${pathOf(object)}`;
  const writer = cluster.writers.get(object)!;
  const written = writtenAt(cluster, object, writer, path);
  const day = RESTLESS.has(object.kind) ? settings.capturedAt : settings.createdAt;
  const status = { manager: STATUS_MANAGERS.get(object.kind) ?? 'kube-controller-manager', time: minutesAfter(settings.capturedAt, -1 - stableNumber(path, 25)) };
  const filled: Fields = {
    creationTimestamp: writer.createdAt ?? written,
    managedFields: managedFieldsOf(object, writer, written, status),
    resourceVersion: String(1_000 + stableNumber(`${path}/${day}/version`, 90_000_000)),
    uid: uidOf(cluster, object),
    ...(WITH_GENERATION.has(object.kind) ? { generation: 1 } : {}),
  };
  Object.assign(object.metadata, filled);
}

function writtenAt({ settings }: Cluster, object: KubeObject, writer: Writer, path: string): string {
  if (writer.at !== undefined) return apiTime(Date.parse(writer.at));
  if (object.kind === 'Pod' || object.kind === 'Job') return stableTime(path, minutesAfter(settings.capturedAt, -640), 600);
  return stableTime(path, settings.createdAt, 30);
}
