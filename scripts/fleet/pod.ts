import type { Cluster } from './cluster.ts';
import type { Fields, KubeObject, Labels, PodTemplate } from './kube-object.ts';
import { kubeObject, list } from './kube-object.ts';
import type { PlacedNode } from './nodes.ts';
import { stableHex, stableSuffix } from './stable.ts';

export interface Owner {
  readonly object: KubeObject;
  readonly uid: string;
}

export interface PodPlace {
  readonly name: string;
  readonly namespace: string;
  readonly generateName?: string;
  readonly labels?: Labels;
  readonly node: PlacedNode;
  readonly address: string;
  readonly startedAt: string;
  /** A Job's pod that is done. */
  readonly completed?: boolean;
}

export function ownerReference({ object, uid }: Owner): Fields {
  return { apiVersion: object.apiVersion, blockOwnerDeletion: true, controller: true, kind: object.kind, name: object.metadata.name, uid };
}

/** A pod as the API server stores it: the template with what admission adds, its place and its status. */
export function podFrom(cluster: Cluster, template: PodTemplate, owner: Owner | undefined, place: PodPlace): KubeObject {
  const labels = { ...template.metadata.labels, ...place.labels };
  const metadata = {
    ...(template.metadata.annotations ? { annotations: template.metadata.annotations } : {}),
    ...(place.generateName === undefined ? {} : { generateName: place.generateName }),
    labels,
    ...(owner ? { ownerReferences: [ownerReference(owner)] } : {}),
  };
  const spec = admitted(cluster, template.spec, place);
  return kubeObject('v1', 'Pod', `${place.namespace}/${place.name}`, { spec, status: podStatus(template.spec, place) }, metadata);
}

/** Defaults, the token volume of the ServiceAccount plugin, the tolerations and the node. */
function admitted(cluster: Cluster, spec: Fields, place: PodPlace): Fields {
  const token = `kube-api-access-${stableSuffix(`${cluster.settings.name}/${place.namespace}/${place.name}`, 5)}`;
  const mounted = spec['automountServiceAccountToken'] !== false;
  const container = (fields: Fields): Fields => ({
    imagePullPolicy: 'IfNotPresent',
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...fields,
    ...(mounted ? { volumeMounts: [...list(fields['volumeMounts']), { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: token, readOnly: true }] } : {}),
  });
  return {
    dnsPolicy: 'ClusterFirst',
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: PRIORITIES.get(String(spec['priorityClassName'])) ?? 0,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    serviceAccount: spec['serviceAccountName'] ?? 'default',
    serviceAccountName: 'default',
    terminationGracePeriodSeconds: 30,
    ...spec,
    ...(spec['initContainers'] ? { initContainers: list(spec['initContainers']).map(container) } : {}),
    containers: list(spec['containers']).map(container),
    nodeName: place.node.name,
    tolerations: [...list(spec['tolerations']), ...DEFAULT_TOLERATIONS],
    ...(mounted || spec['volumes'] ? { volumes: [...list(spec['volumes']), ...(mounted ? [tokenVolume(token)] : [])] } : {}),
  };
}

/** The two classes that every cluster has. */
const PRIORITIES: ReadonlyMap<string, number> = new Map([['system-cluster-critical', 2_000_000_000], ['system-node-critical', 2_000_001_000]]);

const DEFAULT_TOLERATIONS = ['not-ready', 'unreachable'].map((condition) => ({
  effect: 'NoExecute',
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  tolerationSeconds: 300,
}));

function tokenVolume(name: string): Fields {
  const namespace = { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' };
  const sources = [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
    { downwardAPI: { items: [namespace] } },
  ];
  return { name, projected: { defaultMode: 420, sources } };
}

function podStatus(spec: Fields, place: PodPlace): Fields {
  const condition = (type: string, status = 'True'): Fields => ({ lastProbeTime: null, lastTransitionTime: place.startedAt, status, type });
  const ready = place.completed ? 'False' : 'True';
  const state = place.completed
    ? { terminated: { exitCode: 0, finishedAt: place.startedAt, reason: 'Completed', startedAt: place.startedAt } }
    : { running: { startedAt: place.startedAt } };
  return {
    conditions: [condition('PodReadyToStartContainers'), condition('Initialized'), condition('Ready', ready), condition('ContainersReady', ready), condition('PodScheduled')],
    containerStatuses: list(spec['containers']).map((container) => ({
      containerID: `containerd://${stableHex(`${place.namespace}/${place.name}/${String(container['name'])}`, 64)}`,
      image: container['image'],
      imageID: `${String(container['image']).split(':')[0]!}@sha256:${stableHex(String(container['image']), 64)}`,
      lastState: {},
      name: container['name'],
      ready: !place.completed,
      restartCount: 0,
      started: !place.completed,
      state,
    })),
    hostIP: place.node.address,
    phase: place.completed ? 'Succeeded' : 'Running',
    podIP: place.address,
    podIPs: [{ ip: place.address }],
    qosClass: 'Burstable',
    startTime: place.startedAt,
  };
}
