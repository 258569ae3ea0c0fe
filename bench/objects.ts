/** Objects of an imagined cluster, shaped like what an API server of a recent version returns. Made from their number alone. */

const TIME = '2026-11-20T17:42:00Z';

/** Digits that differ from number to number, as hashes and uids do. */
function hex(seed: number, digits: number): string {
  let text = '';
  for (let x = Math.imul(seed + 1, 0x9e3779b1); text.length < digits; ) {
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35) + 0x297a2d39;
    text += ((x ^ (x >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }
  return text.slice(0, digits);
}

function uid(seed: number): string {
  const h = hex(seed, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
}

const team = (i: number, namespaces: number): string => `team-${i % namespaces}`;
const app = (i: number): string => `app-${i}`;

function managed(manager: string, operation: string, fieldsV1: object, subresource?: string): object {
  return { apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1, manager, operation, ...(subresource ? { subresource } : {}), time: TIME };
}

function owned(keys: readonly string[]): object {
  return Object.fromEntries([['.', {}], ...keys.map((key) => [`f:${key}`, {}])]);
}

const CONTAINER_FIELDS = ['image', 'name', 'securityContext'];

function container(name: string): object {
  return {
    env: [
      { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { key: 'url', name: `${name}-database` } } },
    ],
    image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1.42.0`,
    imagePullPolicy: 'IfNotPresent',
    name,
    ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
    resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true },
    volumeMounts: [{ mountPath: '/tmp', name: 'scratch' }],
  };
}

function podSpec(name: string, account: string): object {
  return {
    containers: [container(name)],
    dnsPolicy: 'ClusterFirst',
    enableServiceLinks: true,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: { fsGroup: 2000, seccompProfile: { type: 'RuntimeDefault' } },
    serviceAccount: account,
    serviceAccountName: account,
    terminationGracePeriodSeconds: 30,
    volumes: [{ emptyDir: {}, name: 'scratch' }],
  };
}

function condition(type: string): object {
  return { lastTransitionTime: TIME, status: 'True', type };
}

const padding = new Map<number, string>();

/** The annotation that brings a pod to its size: plain text, as tools put it there. */
function fill(missing: number): string {
  const length = Math.max(0, missing);
  let text = padding.get(length);
  if (text === undefined) padding.set(length, (text = 'rendered configuration, one line after the other; '.repeat(Math.ceil(length / 50)).slice(0, length)));
  return text;
}

/** What a pod of this file takes without its padding, indented as kubectl does. */
const BARE_POD_BYTES = 8_174;

export function pod(i: number, namespaces: number, podBytes: number): object {
  const owner = Math.floor(i / 10);
  const name = app(owner);
  const ns = team(owner, namespaces);
  const hash = hex(owner, 10);
  const spec = podSpec(name, `runner-${owner % 2}`) as Record<string, unknown>;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: { 'example.com/rendered': fill(podBytes - BARE_POD_BYTES) },
      creationTimestamp: TIME,
      generateName: `${name}-${hash}-`,
      labels: { 'app.kubernetes.io/name': name, 'pod-template-hash': hash, team: ns },
      managedFields: [
        managed('kube-controller-manager', 'Update', {
          'f:metadata': { 'f:generateName': {}, 'f:labels': owned(['pod-template-hash']), 'f:ownerReferences': { '.': {}, [`k:{"uid":"${uid(owner)}"}`]: {} } },
          'f:spec': { 'f:containers': { [`k:{"name":"${name}"}`]: owned(CONTAINER_FIELDS) } },
        }),
        managed('kubelet', 'Update', { 'f:status': { 'f:conditions': owned(['k:{"type":"Ready"}']), 'f:podIP': {}, 'f:startTime': {} } }, 'status'),
      ],
      name: `${name}-${hash}-${hex(i, 5)}`,
      namespace: ns,
      ownerReferences: [{ apiVersion: 'apps/v1', blockOwnerDeletion: true, controller: true, kind: 'ReplicaSet', name: `${name}-${hash}`, uid: uid(owner) }],
      resourceVersion: String(100_000 + i),
      uid: uid(i + 1_000_000),
    },
    spec: { ...spec, nodeName: `ip-10-0-${i % 250}-${i % 200}.eu-west-1.compute.internal`, priority: 0, tolerations: TOLERATIONS },
    status: {
      conditions: ['Ready', 'PodScheduled'].map(condition),
      containerStatuses: [containerStatus(name, i)],
      hostIP: `10.0.${i % 250}.${i % 200}`,
      phase: 'Running',
      podIP: podAddress(i),
      podIPs: [{ ip: podAddress(i) }],
      qosClass: 'Burstable',
      startTime: TIME,
    },
  };
}

function podAddress(i: number): string {
  return `10.1.${i % 250}.${(i >> 8) % 250}`;
}

const TOLERATIONS = ['node.kubernetes.io/not-ready'].map((key) => ({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: 300 }));

function containerStatus(name: string, i: number): object {
  return {
    containerID: `containerd://${hex(i, 64)}`,
    image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1.42.0`,
    imageID: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}@sha256:${hex(i % 50, 64)}`,
    name,
    ready: true,
    restartCount: 0,
    started: true,
    state: { running: { startedAt: TIME } },
  };
}

function template(name: string, ns: string, account: string): object {
  return { metadata: { labels: { 'app.kubernetes.io/name': name, team: ns } }, spec: podSpec(name, account) };
}

function controllerSpec(i: number, namespaces: number): { name: string; ns: string; spec: object } {
  const name = app(i);
  const ns = team(i, namespaces);
  const spec = { replicas: 10, selector: { matchLabels: { 'app.kubernetes.io/name': name } }, template: template(name, ns, `runner-${i % 2}`) };
  return { name, ns, spec };
}

export function deployment(i: number, namespaces: number): object {
  const { name, ns, spec } = controllerSpec(i, namespaces);
  return object('apps/v1', 'Deployment', { name, namespace: ns, annotations: { 'deployment.kubernetes.io/revision': '1' } }, { spec, status: { replicas: 10, readyReplicas: 10 } }, i);
}

export function replicaSet(i: number, namespaces: number): object {
  const { name, ns, spec } = controllerSpec(i, namespaces);
  const ownerReferences = [{ apiVersion: 'apps/v1', blockOwnerDeletion: true, controller: true, kind: 'Deployment', name, uid: uid(i) }];
  return object('apps/v1', 'ReplicaSet', { name: `${name}-${hex(i, 10)}`, namespace: ns, ownerReferences }, { spec, status: { replicas: 10 } }, i);
}

export function daemonSet(i: number): object {
  const name = ['aws-node', 'kube-proxy', 'node-exporter', 'log-forwarder'][i] ?? `agent-${i}`;
  const spec = { selector: { matchLabels: { 'k8s-app': name } }, template: template(name, 'kube-system', name) };
  return object('apps/v1', 'DaemonSet', { name, namespace: 'kube-system' }, { spec }, i);
}

export function binding(i: number, namespaces: number): object {
  const ns = team(i, namespaces);
  const subjects = [
    { kind: 'ServiceAccount', name: `runner-${i % 2}`, namespace: ns },
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: `${ns}-developers` },
  ];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: i % 2 === 0 ? 'Role' : 'ClusterRole', name: i % 2 === 0 ? `role-${i >> 1}` : `cluster-role-${i % 80}` };
  return object('rbac.authorization.k8s.io/v1', 'RoleBinding', { name: `binding-${i}`, namespace: ns }, { roleRef, subjects }, i);
}

function rules(i: number): object[] {
  return [
    { apiGroups: [''], resources: ['pods', 'pods/log', 'services', 'configmaps'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: i % 5 === 0 ? ['get', 'list', 'create', 'update', 'patch'] : ['get', 'list'] },
  ];
}

export function role(i: number, namespaces: number): object {
  return object('rbac.authorization.k8s.io/v1', 'Role', { name: `role-${i}`, namespace: team(2 * i, namespaces) }, { rules: rules(i) }, i);
}

export function clusterRole(i: number): object {
  return object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name: `cluster-role-${i}` }, { rules: rules(i) }, i);
}

/** A default deny for each namespace, then policies of which no two say the same: of a deployment who may reach it from another team, by the port of each. */
export function networkPolicy(i: number, namespaces: number, deployments: number): object {
  const of = i % deployments;
  const round = Math.floor(i / deployments);
  const spec =
    i < namespaces
      ? { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }
      : {
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': team(of + 1 + round, namespaces) } } }], ports: [{ port: 8080 + round, protocol: 'TCP' }] }],
          podSelector: { matchLabels: { 'app.kubernetes.io/name': app(of) } },
          policyTypes: ['Ingress'],
        };
  return object('networking.k8s.io/v1', 'NetworkPolicy', { name: `policy-${i}`, namespace: team(of, namespaces) }, { spec }, i);
}

export function service(i: number, namespaces: number): object {
  const spec = { clusterIP: `172.20.${(i >> 8) % 256}.${i % 256}`, ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }], selector: { 'app.kubernetes.io/name': app(i) }, type: 'ClusterIP' };
  return object('v1', 'Service', { name: app(i), namespace: team(i, namespaces) }, { spec, status: { loadBalancer: {} } }, i);
}

export function serviceAccount(i: number, namespaces: number): object {
  return object('v1', 'ServiceAccount', { name: `runner-${i % 2}`, namespace: team(i >> 1, namespaces) }, {}, i);
}

export function namespace(i: number): object {
  const name = i === 0 ? 'kube-system' : `team-${i - 1}`;
  return object('v1', 'Namespace', { name, labels: { 'kubernetes.io/metadata.name': name } }, { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }, i);
}

export function node(i: number): object {
  const name = `ip-10-0-${i >> 8}-${i % 256}.eu-west-1.compute.internal`;
  const labels = { 'eks.amazonaws.com/nodegroup': `group-${i % 3}`, 'kubernetes.io/arch': 'arm64', 'kubernetes.io/os': 'linux', 'kubernetes.io/hostname': name };
  const nodeInfo = { architecture: 'arm64', containerRuntimeVersion: 'containerd://2.1.4', kubeletVersion: 'v1.35.2-eks-1111111', operatingSystem: 'linux', osImage: 'Amazon Linux 2023' };
  return object('v1', 'Node', { name, labels }, { spec: { providerID: `aws:///eu-west-1a/i-${hex(i, 17)}` }, status: { nodeInfo } }, i);
}

function object(apiVersion: string, kind: string, metadata: Record<string, unknown>, rest: object, i: number): object {
  const managedFields = [managed('helm', 'Update', { 'f:metadata': owned(Object.keys((metadata['labels'] as object | undefined) ?? { name: '' })), 'f:spec': owned(Object.keys(rest)) })];
  return { apiVersion, kind, metadata: { creationTimestamp: TIME, managedFields, resourceVersion: String(i + 1), uid: uid(i), ...metadata }, ...rest };
}
