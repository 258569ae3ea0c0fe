import { readFileSync } from 'node:fs';
import { add, CONTROLLER_MANAGER, EKS, KUBE_APISERVER, type Cluster } from './cluster.ts';
import { kubeObject, type Fields, type KubeObject, type Labels } from './kube-object.ts';

const RBAC_GROUP = 'rbac.authorization.k8s.io';
const RBAC = `${RBAC_GROUP}/v1`;

interface EksRbacObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly rules?: unknown;
  readonly roleRef?: Fields;
  readonly subjects?: readonly Fields[];
}

function readData<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8')) as T;
}

/** What every EKS cluster of Kubernetes 1.35 holds before anybody installs anything. */
export function addSystemObjects(cluster: Cluster): void {
  addSystemNamespaces(cluster);
  add(cluster, KUBE_APISERVER, ...readData<{ objects: KubeObject[] }>('kubernetes-rbac-1.35.json').objects);
  add(cluster, EKS, ...readData<{ objects: EksRbacObject[] }>('eks-rbac.json').objects.map(eksRbac));
  add(cluster, CONTROLLER_MANAGER, ...CONTROLLER_ACCOUNTS.map((name) => kubeObject('v1', 'ServiceAccount', `kube-system/${name}`)));
  add(cluster, EKS, ...EKS_ACCOUNTS.map((name) => kubeObject('v1', 'ServiceAccount', `kube-system/${name}`)));
  add(cluster, KUBE_APISERVER, ...apiServices());
  add(cluster, EKS, podIdentityWebhook(), ...vpcResourceWebhooks());
  add(cluster, KUBE_APISERVER, kubernetesService());
  add(cluster, EKS, metricsService(), gp2());
}

function addSystemNamespaces(cluster: Cluster): void {
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) {
    add(cluster, KUBE_APISERVER, namespace(name));
  }
}

export function namespace(name: string, labels: Labels = {}, annotations?: Labels): KubeObject {
  return kubeObject('v1', 'Namespace', name, { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }, {
    labels: { 'kubernetes.io/metadata.name': name, ...labels },
    ...(annotations ? { annotations } : {}),
  });
}

function eksRbac({ kind, name, namespace: where, labels, rules, roleRef, subjects }: EksRbacObject): KubeObject {
  const body =
    rules === undefined
      ? { roleRef: { apiGroup: RBAC_GROUP, ...roleRef }, subjects: subjects!.map((subject) => (subject['kind'] === 'ServiceAccount' ? subject : { apiGroup: RBAC_GROUP, ...subject })) }
      : { rules };
  return kubeObject(RBAC, kind, where === undefined ? name : `${where}/${name}`, body, labels ? { labels } : {});
}

/** ServiceAccounts that kube-controller-manager makes for its controllers (`--use-service-account-credentials`). */
const CONTROLLER_ACCOUNTS = [
  'attachdetach-controller', 'certificate-controller', 'clusterrole-aggregation-controller', 'cronjob-controller', 'daemon-set-controller',
  'deployment-controller', 'disruption-controller', 'endpoint-controller', 'endpointslice-controller', 'endpointslicemirroring-controller',
  'ephemeral-volume-controller', 'expand-controller', 'generic-garbage-collector', 'horizontal-pod-autoscaler', 'job-controller',
  'legacy-service-account-token-cleaner', 'namespace-controller', 'node-controller', 'persistent-volume-binder', 'pod-garbage-collector',
  'pv-protection-controller', 'pvc-protection-controller', 'replicaset-controller', 'replication-controller', 'resource-claim-controller',
  'resourcequota-controller', 'root-ca-cert-publisher', 'service-account-controller', 'service-cidrs-controller', 'service-controller',
  'statefulset-controller', 'ttl-after-finished-controller', 'ttl-controller', 'validatingadmissionpolicy-status-controller',
  'volumeattributesclass-protection-controller',
];
const EKS_ACCOUNTS = ['aws-cloud-provider', 'eks-vpc-resource-controller', 'tagging-controller'];

/** Groups and versions that kube-apiserver 1.35 serves itself, with its priorities. */
const LOCAL_APIS: readonly (readonly [string, number, number])[] = [
  ['v1.', 18000, 1], ['v1.admissionregistration.k8s.io', 16700, 15], ['v1.apiextensions.k8s.io', 16700, 15], ['v1.apps', 17800, 15],
  ['v1.authentication.k8s.io', 17700, 15], ['v1.authorization.k8s.io', 17600, 15], ['v1.autoscaling', 17500, 15], ['v2.autoscaling', 17500, 30],
  ['v1.batch', 17400, 15], ['v1.certificates.k8s.io', 17300, 15], ['v1.coordination.k8s.io', 16500, 15], ['v1.discovery.k8s.io', 16200, 15],
  ['v1.events.k8s.io', 17750, 5], ['v1.flowcontrol.apiserver.k8s.io', 16100, 21], ['v1.networking.k8s.io', 17200, 15], ['v1.node.k8s.io', 16300, 15],
  ['v1.policy', 17100, 15], ['v1.rbac.authorization.k8s.io', 17000, 15], ['v1.resource.k8s.io', 15900, 15], ['v1.scheduling.k8s.io', 16600, 15],
  ['v1.storage.k8s.io', 16800, 15], ['v1alpha1.networking.k8s.aws', 1000, 100], ['v1alpha1.vpcresources.k8s.aws', 1000, 100],
];

const AVAILABLE = { status: 'True', type: 'Available', reason: 'Local', message: 'Local APIServices are always available' };

function apiServices(): KubeObject[] {
  const local = LOCAL_APIS.map(([name, groupPriorityMinimum, versionPriority]) => {
    const dot = name.indexOf('.');
    const group = name.slice(dot + 1);
    const spec = { ...(group === '' ? {} : { group }), groupPriorityMinimum, version: name.slice(0, dot), versionPriority };
    return kubeObject('apiregistration.k8s.io/v1', 'APIService', name, { spec, status: { conditions: [AVAILABLE] } }, {
      labels: { 'kube-aggregator.kubernetes.io/automanaged': name.includes('k8s.aws') ? 'true' : 'onstart' },
    });
  });
  const metrics = kubeObject('apiregistration.k8s.io/v1', 'APIService', 'v1.metrics.eks.amazonaws.com', {
    spec: {
      caBundle: CA_BUNDLE,
      group: 'metrics.eks.amazonaws.com',
      groupPriorityMinimum: 100,
      service: { name: 'eks-extension-metrics-api', namespace: 'kube-system', port: 443 },
      version: 'v1',
      versionPriority: 100,
    },
    status: { conditions: [{ ...AVAILABLE, reason: 'Passed', message: 'all checks passed' }] },
  });
  return [...local, metrics];
}

/** Stands for a certificate: what a caBundle holds is base64 of PEM. */
export const CA_BUNDLE = Buffer.from('-----BEGIN CERTIFICATE-----\nan example, no certificate\n-----END CERTIFICATE-----\n').toString('base64');

function webhook(name: string, url: string, operations: readonly string[], resources: readonly string[], extra: Fields = {}): Fields {
  return {
    admissionReviewVersions: ['v1'],
    clientConfig: { caBundle: CA_BUNDLE, url },
    failurePolicy: 'Ignore',
    matchPolicy: 'Equivalent',
    name,
    namespaceSelector: {},
    objectSelector: {},
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations, resources, scope: '*' }],
    sideEffects: 'None',
    timeoutSeconds: 10,
    ...extra,
  };
}

function podIdentityWebhook(): KubeObject {
  const skip = { matchExpressions: [{ key: 'eks.amazonaws.com/skip-pod-identity-webhook', operator: 'DoesNotExist' }] };
  const pods = webhook('iam-for-pods.amazonaws.com', 'https://127.0.0.1:23443/mutate', ['CREATE'], ['pods'], {
    admissionReviewVersions: ['v1beta1'],
    objectSelector: skip,
    reinvocationPolicy: 'IfNeeded',
  });
  return kubeObject('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'pod-identity-webhook', { webhooks: [pods] });
}

function vpcResourceWebhooks(): KubeObject[] {
  const url = (path: string): string => `https://127.0.0.1:9443${path}`;
  const mutating = webhook('mpod.vpc.k8s.aws', url('/mutate-v1-pod'), ['CREATE'], ['pods'], { reinvocationPolicy: 'Never' });
  const validating = [
    webhook('vpod.vpc.k8s.aws', url('/validate-v1-pod'), ['CREATE', 'UPDATE'], ['pods']),
    webhook('vnode.vpc.k8s.aws', url('/validate-v1-node'), ['UPDATE'], ['nodes']),
  ];
  return [
    kubeObject('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'vpc-resource-mutating-webhook', { webhooks: [mutating] }),
    kubeObject('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'vpc-resource-validating-webhook', { webhooks: validating }),
  ];
}

function kubernetesService(): KubeObject {
  const clusterIP = '172.20.0.1';
  return kubeObject('v1', 'Service', 'default/kubernetes', {
    spec: {
      clusterIP,
      clusterIPs: [clusterIP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 443 }],
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  }, { labels: { component: 'apiserver', provider: 'kubernetes' } });
}

/** No selector: it stands for something that EKS runs outside the cluster. */
function metricsService(): KubeObject {
  return kubeObject('v1', 'Service', 'kube-system/eks-extension-metrics-api', {
    spec: { ports: [{ name: 'metrics-api', port: 443, protocol: 'TCP', targetPort: 10443 }], type: 'ClusterIP' },
  });
}

/** The StorageClass that a new cluster still has; not the default one since 1.30. */
function gp2(): KubeObject {
  return kubeObject('storage.k8s.io/v1', 'StorageClass', 'gp2', {
    parameters: { fsType: 'ext4', type: 'gp2' },
    provisioner: 'kubernetes.io/aws-ebs',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
}
