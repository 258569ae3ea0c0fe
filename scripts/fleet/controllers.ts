import { add, CONTROLLER_MANAGER, ofKind, type Cluster } from './cluster.ts';
import { fields, kubeObject, list, pathOf, type Fields, type KubeObject, type Labels, type PodTemplate } from './kube-object.ts';
import { nodesOf, type PlacedNode } from './nodes.ts';
import { ownerReference, podFrom, type Owner, type PodPlace } from './pod.ts';
import { dayNumber, minutesAfter, stableHex, stableNumber, stableSuffix, stableUid } from './stable.ts';

/** What the controllers of a running cluster make of the objects that people declared: ReplicaSets, Jobs and pods. */
export function runControllers(cluster: Cluster): void {
  const nodes = nodesOf(cluster);
  for (const deployment of ofKind(cluster, 'Deployment')) runDeployment(cluster, nodes, deployment);
  for (const set of ofKind(cluster, 'StatefulSet')) runStatefulSet(cluster, nodes, set);
  for (const set of ofKind(cluster, 'DaemonSet')) runDaemonSet(cluster, nodes, set);
  for (const cronJob of ofKind(cluster, 'CronJob')) runCronJob(cluster, cronJob);
  for (const job of ofKind(cluster, 'Job')) runJob(cluster, nodes, job);
}

/** Pods come and go with the day, and so does what was made anew under its old name. */
export function uidOf({ settings, madeAnew }: Cluster, object: KubeObject): string {
  const path = pathOf(object);
  const life = object.kind === 'Pod' || madeAnew.has(path) ? settings.capturedAt : settings.createdAt;
  return stableUid(`${settings.name}/${life}/${path}`);
}

function specOf(object: KubeObject): Fields & { replicas?: number; selector?: Fields; template: PodTemplate } {
  return object['spec'] as Fields & { template: PodTemplate };
}

function ownerOf(cluster: Cluster, object: KubeObject): Owner {
  return { object, uid: uidOf(cluster, object) };
}

function runDeployment(cluster: Cluster, nodes: readonly PlacedNode[], deployment: KubeObject): void {
  const { namespace, name } = deployment.metadata;
  const spec = specOf(deployment);
  const replicas = spec.replicas ?? 1;
  deployment['status'] = { availableReplicas: replicas, observedGeneration: 1, readyReplicas: replicas, replicas, updatedReplicas: replicas };
  const earlier = cluster.earlierImages.get(`${namespace!}/${name}`) ?? [];
  earlier.forEach((image, index) => addReplicaSet(cluster, deployment, withImage(spec.template, image), 0, index + 1));
  const set = addReplicaSet(cluster, deployment, spec.template, replicas, earlier.length + 1);
  for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
    const node = nodeFor(nodes, spec.template, `${set.metadata.name}/${String(ordinal)}`);
    addPod(cluster, specOf(set).template, ownerOf(cluster, set), node, `${set.metadata.name}-`, `${set.metadata.name}/${String(ordinal)}/${node.name}`);
  }
}

function withImage(template: PodTemplate, image: string): PodTemplate {
  const [first, ...others] = template.spec['containers'] as Fields[];
  return { ...template, spec: { ...template.spec, containers: [{ ...first, image }, ...others] } };
}

function addReplicaSet(cluster: Cluster, deployment: KubeObject, template: PodTemplate, replicas: number, revision: number): KubeObject {
  const hash = stableSuffix(JSON.stringify(template), 10);
  const labels: Labels = { ...template.metadata.labels, 'pod-template-hash': hash };
  const selector = specOf(deployment).selector as { matchLabels: Labels };
  const set = kubeObject('apps/v1', 'ReplicaSet', `${deployment.metadata.namespace!}/${deployment.metadata.name}-${hash}`, {
    spec: {
      replicas,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, 'pod-template-hash': hash } },
      template: { metadata: { ...template.metadata, labels }, spec: template.spec },
    },
    status: { availableReplicas: replicas, fullyLabeledReplicas: replicas, observedGeneration: 1, readyReplicas: replicas, replicas },
  }, {
    annotations: { 'deployment.kubernetes.io/desired-replicas': String(replicas), 'deployment.kubernetes.io/revision': String(revision) },
    labels,
    ownerReferences: [ownerReference(ownerOf(cluster, deployment))],
  });
  deployment.metadata.annotations = { ...deployment.metadata.annotations, 'deployment.kubernetes.io/revision': String(revision) };
  add(cluster, CONTROLLER_MANAGER, set);
  return set;
}

function runStatefulSet(cluster: Cluster, nodes: readonly PlacedNode[], set: KubeObject): void {
  const { template, replicas = 1 } = specOf(set);
  const { namespace, name } = set.metadata;
  for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
    const podName = `${name}-${String(ordinal)}`;
    const labels = { 'apps.kubernetes.io/pod-index': String(ordinal), 'controller-revision-hash': `${name}-${stableHex(JSON.stringify(template), 9)}`, 'statefulset.kubernetes.io/pod-name': podName };
    const node = nodeFor(nodes, template, `${namespace!}/${podName}`);
    const place = placeOf(cluster, template, node, namespace!, podName, `${namespace!}/${podName}`);
    add(cluster, CONTROLLER_MANAGER, podFrom(cluster, template, ownerOf(cluster, set), { ...place, generateName: `${name}-`, labels }));
  }
}

function runDaemonSet(cluster: Cluster, nodes: readonly PlacedNode[], set: KubeObject): void {
  const { template } = specOf(set);
  const fitting = nodes.filter((node) => fits(node, template));
  set['status'] = { currentNumberScheduled: fitting.length, desiredNumberScheduled: fitting.length, numberAvailable: fitting.length, numberMisscheduled: 0, numberReady: fitting.length };
  for (const node of fitting) {
    const labels = { 'controller-revision-hash': stableHex(JSON.stringify(template), 10), 'pod-template-generation': '1' };
    addPod(cluster, template, ownerOf(cluster, set), node, `${set.metadata.name}-`, `${set.metadata.name}/${node.name}`, labels);
  }
}

/** The Job of the night before. */
function runCronJob(cluster: Cluster, cronJob: KubeObject): void {
  const template = (cronJob['spec'] as Fields)['jobTemplate'] as Fields;
  const { namespace, name } = cronJob.metadata;
  const minute = dayNumber(cluster.settings.capturedAt) * 24 * 60 + 120;
  add(cluster, CONTROLLER_MANAGER, kubeObject('batch/v1', 'Job', `${namespace!}/${name}-${String(minute)}`, { spec: template['spec'] as Fields }, {
    ownerReferences: [ownerReference(ownerOf(cluster, cronJob))],
  }));
}

function runJob(cluster: Cluster, nodes: readonly PlacedNode[], job: KubeObject): void {
  const { template } = specOf(job);
  const started = minutesAfter(cluster.settings.capturedAt, -240);
  job['status'] = { completionTime: started, conditions: [{ status: 'True', type: 'Complete' }], startTime: started, succeeded: 1 };
  const seed = pathOf(job);
  const labels = { 'batch.kubernetes.io/job-name': job.metadata.name, 'job-name': job.metadata.name };
  addPod(cluster, template, ownerOf(cluster, job), nodeFor(nodes, template, seed), `${job.metadata.name}-`, seed, labels, { completed: true });
}

function addPod(cluster: Cluster, template: PodTemplate, owner: Owner, node: PlacedNode, generateName: string, seed: string, labels: Labels = {}, extra: Partial<PodPlace> = {}): void {
  const name = `${generateName}${stableSuffix(seed, 5)}`;
  const place = placeOf(cluster, template, node, owner.object.metadata.namespace!, name, seed);
  add(cluster, CONTROLLER_MANAGER, podFrom(cluster, template, owner, { ...place, generateName, labels, ...extra }));
}

function placeOf({ settings }: Cluster, template: PodTemplate, node: PlacedNode, namespace: string, name: string, seed: string): PodPlace {
  const [, octet, third] = node.address.split('.');
  const address = template.spec['hostNetwork'] ? node.address : `10.${octet!}.${third!}.${String(11 + stableNumber(`${namespace}/${seed}`, 240))}`;
  return { name, namespace, node, address, startedAt: minutesAfter(settings.capturedAt, -30 - stableNumber(seed, 600)) };
}

function osOf(template: PodTemplate): string {
  return (template.spec['nodeSelector'] as Labels | undefined)?.['kubernetes.io/os'] ?? 'linux';
}

/** Of affinities, only those to instance types matter here: GPU agents stay away. */
function fits(node: PlacedNode, template: PodTemplate): boolean {
  const affinity = fields(fields(fields(template.spec['affinity'])['nodeAffinity'])['requiredDuringSchedulingIgnoredDuringExecution']);
  const expressions = list(affinity['nodeSelectorTerms']).flatMap((term) => list(term['matchExpressions']));
  const types = expressions.find(({ key }) => key === 'node.kubernetes.io/instance-type');
  return node.os === osOf(template) && (types === undefined || (types['values'] as string[]).includes(node.instanceType));
}

function nodeFor(nodes: readonly PlacedNode[], template: PodTemplate, seed: string): PlacedNode {
  const fitting = nodes.filter((node) => node.os === osOf(template));
  return fitting[stableNumber(seed, fitting.length)]!;
}
