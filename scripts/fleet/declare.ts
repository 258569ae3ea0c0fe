import { kubeObject, type Fields, type KubeObject, type Labels } from './kube-object.ts';

/** Short ways to write what people declare. A place is `namespace/name`. */

export interface Container {
  readonly image: string;
  readonly name?: string;
  readonly ports?: Readonly<Record<string, number>>;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: Labels;
  /** Volume to path; `:ro` at its end mounts it read-only. */
  readonly mounts?: Readonly<Record<string, string>>;
  readonly securityContext?: Fields;
  readonly memory?: string;
}

export interface Pods extends Container {
  readonly account?: string;
  readonly labels?: Labels;
  readonly replicas?: number;
  /** Merged into the pod spec: volumes, hostNetwork, initContainers. */
  readonly pod?: Fields;
  readonly sidecars?: readonly Fields[];
}

/** What the restricted Pod Security Standard asks of a container and of its pod. */
export const RESTRICTED_CONTAINER = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };
export const RESTRICTED_POD = { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } };

export function container({ image, name, ports, args, command, env, mounts, securityContext, memory }: Container): Fields {
  return {
    ...(args ? { args } : {}),
    ...(command ? { command } : {}),
    ...(env ? { env: Object.entries(env).map(([key, value]) => ({ name: key, value })) } : {}),
    image,
    name: name ?? image.replace(/^.*\//, '').replace(/[:@].*$/, ''),
    ...(ports ? { ports: Object.entries(ports).map(([port, number]) => ({ containerPort: number, name: port, protocol: 'TCP' })) } : {}),
    resources: { limits: { memory: memory ?? '256Mi' }, requests: { cpu: '100m', memory: memory ?? '256Mi' } },
    ...(securityContext ? { securityContext } : {}),
    ...(mounts ? { volumeMounts: Object.entries(mounts).map(([volume, path]) => volumeMount(volume, path)) } : {}),
  };
}

function volumeMount(name: string, path: string): Fields {
  return path.endsWith(':ro') ? { mountPath: path.slice(0, -3), name, readOnly: true } : { mountPath: path, name };
}

function template(labels: Labels, pods: Pods): { metadata: { labels: Labels }; spec: Fields } {
  const { account, pod, sidecars = [] } = pods;
  return {
    metadata: { labels },
    spec: { ...(account === undefined ? {} : { serviceAccountName: account }), ...pod, containers: [container(pods), ...sidecars] },
  };
}

function controller(kind: 'Deployment' | 'StatefulSet' | 'DaemonSet', place: string, pods: Pods, extra: Fields): KubeObject {
  const name = place.slice(place.indexOf('/') + 1);
  const selector = { 'app.kubernetes.io/name': name };
  const labels = { ...selector, ...pods.labels };
  const replicas = kind === 'DaemonSet' ? {} : { replicas: pods.replicas ?? 1 };
  const spec = { ...replicas, revisionHistoryLimit: 10, selector: { matchLabels: selector }, template: template(labels, pods), ...extra };
  return kubeObject('apps/v1', kind, place, { spec }, { labels });
}

export function deployment(place: string, pods: Pods): KubeObject {
  return controller('Deployment', place, pods, { progressDeadlineSeconds: 600, strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' } });
}

export function statefulSet(place: string, pods: Pods): KubeObject {
  return controller('StatefulSet', place, pods, { podManagementPolicy: 'OrderedReady', serviceName: place.slice(place.indexOf('/') + 1), updateStrategy: { type: 'RollingUpdate' } });
}

export function daemonSet(place: string, pods: Pods): KubeObject {
  return controller('DaemonSet', place, pods, { updateStrategy: { rollingUpdate: { maxUnavailable: 1 }, type: 'RollingUpdate' } });
}

export function job(place: string, pods: Pods, metadata: { readonly generateName?: string } = {}): KubeObject {
  const labels = { 'app.kubernetes.io/name': metadata.generateName?.replace(/-$/, '') ?? place.slice(place.indexOf('/') + 1) };
  const inner = template(labels, { ...pods, pod: { restartPolicy: 'Never', ...pods.pod } });
  return kubeObject('batch/v1', 'Job', place, { spec: { backoffLimit: 3, completions: 1, parallelism: 1, template: inner } }, { labels, ...metadata });
}

export function cronJob(place: string, schedule: string, pods: Pods): KubeObject {
  const { kind: _kind, spec } = job(place, pods);
  const labels = { 'app.kubernetes.io/name': place.slice(place.indexOf('/') + 1) };
  return kubeObject('batch/v1', 'CronJob', place, { spec: { concurrencyPolicy: 'Forbid', jobTemplate: { spec }, schedule, successfulJobsHistoryLimit: 1 } }, { labels });
}

export function account(place: string, roleArn?: string, extra: Fields = {}): KubeObject {
  return kubeObject('v1', 'ServiceAccount', place, extra, roleArn === undefined ? {} : { annotations: { 'eks.amazonaws.com/role-arn': roleArn } });
}

export function service(place: string, ports: Readonly<Record<string, number>>, extra: Fields = {}, annotations?: Labels): KubeObject {
  const name = place.slice(place.indexOf('/') + 1);
  const spec = { ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number, protocol: 'TCP', targetPort: port })), selector: { 'app.kubernetes.io/name': name }, ...extra };
  return kubeObject('v1', 'Service', place, { spec }, { labels: { 'app.kubernetes.io/name': name }, ...(annotations ? { annotations } : {}) });
}

export function ingress(place: string, host: string, annotations: Labels, backend?: string): KubeObject {
  const name = backend ?? place.slice(place.indexOf('/') + 1);
  const path = { backend: { service: { name, port: { name: 'http' } } }, path: '/', pathType: 'Prefix' };
  return kubeObject('networking.k8s.io/v1', 'Ingress', place, { spec: { ingressClassName: 'alb', rules: [{ host, http: { paths: [path] } }] }, status: { loadBalancer: {} } }, { annotations });
}

/** A Job's or policy's volume map: `emptyDir` for scratch space, `hostPath` by path. */
export function scratch(...names: readonly string[]): Fields[] {
  return names.map((name) => ({ emptyDir: {}, name }));
}

export function hostPath(name: string, path: string, type = ''): Fields {
  return { hostPath: { path, type }, name };
}
