import { accessManifests } from '../../../lambda/access/cluster-role.ts';
import { addDefaultAddOns, install } from '../add-ons.ts';
import { add, argoCd, createCluster, EKS, find, helm, kubectl, remove, type Cluster, type ClusterSettings } from '../cluster.ts';
import { addDefinitionsOf, addEksDefinitions } from '../custom-resource-definitions.ts';
import { account, cronJob, deployment, RESTRICTED_CONTAINER, RESTRICTED_POD, scratch, service, statefulSet, type Pods } from '../declare.ts';
import type { EksSide } from '../eks-side.ts';
import { runCluster } from '../fill.ts';
import { fields, kubeObject, type Fields, type KubeObject } from '../kube-object.ts';
import { binding, role } from '../rights.ts';
import { addSystemObjects, CA_BUNDLE, namespace } from '../system-objects.ts';
import { securityGroupRule } from '../vpc-side.ts';
import { hardenedPolicies } from './hardened-policies.ts';

const SETTINGS: ClusterSettings = {
  name: 'ledger',
  account: '111122223333',
  region: 'eu-west-1',
  createdAt: '2026-03-02T09:14:00Z',
  capturedAt: '2026-11-19T06:00:00Z',
  nodeGroups: [{ name: 'bottlerocket', os: 'linux', amiType: 'BOTTLEROCKET_x86_64', instanceType: 'm7i.xlarge', nodes: ['a', 'b', 'c'] }],
  vpcOctet: 40,
};
const REGISTRY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const APPS = argoCd('2026-09-30T13:05:00Z');
const RESTRICTED_NAMESPACE = { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'v1.35', 'pod-security.kubernetes.io/warn': 'restricted' };
export const HARDENED_NAMESPACES = ['accounts', 'payments', 'reporting'];

/** A cluster whose owner did what can be done: nothing is left to report. */
export function hardenedCluster(): { readonly cluster: Cluster; readonly side: EksSide } {
  const cluster = createCluster(SETTINGS);
  addSystemObjects(cluster);
  addEksDefinitions(cluster);
  addDefaultAddOns(cluster, { networkPolicy: 'strict' });
  install(cluster, EKS, 'eks-pod-identity-agent', 'node-monitoring-agent', 'metrics-server');
  install(cluster, helm('2026-03-02T11:40:00Z'), 'ebs-csi', 'aws-load-balancer-controller');
  addDefinitionsOf(cluster, helm('2026-03-02T11:40:00Z'), 'load-balancer-controller');
  verifyMetricsServer(cluster);
  // The chart's value node.enableWindows: false. There is no Windows node for it.
  remove(cluster, 'DaemonSet kube-system/ebs-csi-node-windows');
  addApplications(cluster);
  addRights(cluster);
  addGuardrails(cluster);
  add(cluster, argoCd('2026-03-03T08:00:00Z'), ...hardenedPolicies());
  return { cluster: runCluster(cluster, { policyController: true }), side: SIDE };
}

/** The manifest skips verification; an owner who gives metrics-server a certificate can switch it on. */
function verifyMetricsServer(cluster: Cluster): void {
  const spec = fields(find(cluster, 'APIService v1beta1.metrics.k8s.io')['spec']);
  spec['insecureSkipTLSVerify'] = false;
  spec['caBundle'] = CA_BUNDLE;
}

function restricted(image: string, pods: Partial<Pods> = {}): Pods {
  return {
    image: `${REGISTRY}/${image}`,
    mounts: { tmp: '/tmp' },
    securityContext: RESTRICTED_CONTAINER,
    ...pods,
    pod: { automountServiceAccountToken: false, securityContext: RESTRICTED_POD, volumes: scratch('tmp'), ...pods.pod },
  };
}

function addApplications(cluster: Cluster): void {
  for (const name of HARDENED_NAMESPACES) add(cluster, APPS, namespace(name, RESTRICTED_NAMESPACE), quota(name));
  add(
    cluster,
    APPS,
    account('payments/api', 'arn:aws:iam::111122223333:role/ledger-payments-api', { automountServiceAccountToken: false }),
    account('payments/worker', 'arn:aws:iam::111122223333:role/ledger-payments-worker', { automountServiceAccountToken: false }),
    account('accounts/api', undefined, { automountServiceAccountToken: false }),
    account('accounts/journal', undefined, { automountServiceAccountToken: false }),
    account('reporting/daily', 'arn:aws:iam::111122223333:role/ledger-reporting', { automountServiceAccountToken: false }),
    deployment('payments/api', restricted('payments-api:4.18.2', { account: 'api', replicas: 4, ports: { http: 8080, metrics: 9090 } })),
    deployment('payments/worker', restricted('payments-worker:4.18.2', { account: 'worker', replicas: 3, ports: { metrics: 9090 } })),
    deployment('accounts/api', restricted('accounts-api:2.7.0', { account: 'api', replicas: 3, ports: { http: 8080, metrics: 9090 } })),
    statefulSet('accounts/journal', restricted('journal:1.12.4', { account: 'journal', replicas: 3, ports: { peer: 7000, client: 7001 } })),
    cronJob('reporting/daily', '0 2 * * *', restricted('reporting:1.3.9', { account: 'daily' })),
    service('payments/api', { http: 8080 }, PRIVATE_BALANCER, PRIVATE_BALANCER_ANNOTATIONS),
    service('accounts/api', { http: 8080 }),
    service('accounts/journal', { peer: 7000, client: 7001 }, { clusterIP: 'None', clusterIPs: ['None'] }),
    storageClass(),
  );
}

/** Inside the VPC, and even there from two subnets only. */
const PRIVATE_BALANCER = { loadBalancerClass: 'service.k8s.aws/nlb', loadBalancerSourceRanges: ['10.40.10.0/24', '10.40.11.0/24'], type: 'LoadBalancer' };
const PRIVATE_BALANCER_ANNOTATIONS = { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip', 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' };

function quota(name: string): KubeObject {
  return kubeObject('v1', 'ResourceQuota', `${name}/compute`, { spec: { hard: { 'requests.cpu': '24', 'requests.memory': '64Gi', pods: '60' } } });
}

function storageClass(): KubeObject {
  return kubeObject('storage.k8s.io/v1', 'StorageClass', 'gp3', {
    allowVolumeExpansion: true,
    parameters: { encrypted: 'true', type: 'gp3' },
    provisioner: 'ebs.csi.aws.com',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  }, { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } });
}

/** People read; what is deployed goes through the pipeline, whose rights are an access policy of EKS in three namespaces. */
function addRights(cluster: Cluster): void {
  const at = kubectl('2026-03-02T12:30:00Z');
  add(cluster, at, ...(accessManifests() as unknown as KubeObject[]));
  add(cluster, at, role('operator-view', ['core nodes,namespaces,events', 'get,list,watch'], ['metrics.k8s.io nodes,pods', 'get,list']), binding('operator-view', 'ClusterRole operator-view', 'Group ledger:operators'));
  for (const name of HARDENED_NAMESPACES) {
    add(
      cluster,
      at,
      role(`${name}/observer`, ['core pods,pods/log,services,events', 'get,list,watch'], ['apps deployments,statefulsets,replicasets', 'get,list,watch'], ['batch jobs,cronjobs', 'get,list,watch']),
      binding(`${name}/observer`, 'Role observer', 'Group ledger:developers'),
    );
  }
}

/** Images come from the registry of this account, or pods are refused. */
function addGuardrails(cluster: Cluster): void {
  const matchConstraints = { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] }] };
  const expression = `object.spec.containers.all(c, c.image.startsWith('${REGISTRY}/'))`;
  const elsewhere = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }] };
  const policy: Fields = { spec: { failurePolicy: 'Fail', matchConstraints, validations: [{ expression, message: 'Images come from the registry of this account.' }] } };
  const bound: Fields = { spec: { matchResources: { namespaceSelector: elsewhere }, policyName: 'own-registry', validationActions: ['Deny', 'Audit'] } };
  add(
    cluster,
    argoCd('2026-03-03T08:00:00Z'),
    kubeObject('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'own-registry', policy),
    kubeObject('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'own-registry', bound),
  );
}

const SIDE: EksSide = {
  vpcConfig: { publicAccess: false, privateAccess: true, publicCidrs: [] },
  authenticationMode: 'API',
  logTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
  customerKey: true,
  deletionProtection: true,
  addOns: {
    'coredns': { version: 'v1.14.3-eksbuild.3' },
    'eks-node-monitoring-agent': { version: 'v1.7.0-eksbuild.1' },
    'eks-pod-identity-agent': { version: 'v1.3.10-eksbuild.2' },
    'kube-proxy': { version: 'v1.35.2-eksbuild.4' },
    'metrics-server': { version: 'v0.8.1-eksbuild.1' },
    'vpc-cni': { version: 'v1.22.4-eksbuild.1', configuration: '{"enableNetworkPolicy":"true","env":{"NETWORK_POLICY_ENFORCING_MODE":"strict"}}' },
  },
  accessEntries: [
    { principal: 'ledger-node', type: 'EC2_LINUX' },
    { principal: 'ledger-pipeline', policies: { AmazonEKSEditPolicy: HARDENED_NAMESPACES } },
    { principal: 'ledger-operators', groups: ['ledger:operators'] },
    { principal: 'ledger-developers', groups: ['ledger:developers'] },
    { principal: 'eksaminer', groups: ['eksaminer'] },
  ],
  podIdentities: { 'kube-system/aws-load-balancer-controller': 'ledger-load-balancers', 'kube-system/aws-node': 'ledger-vpc-cni', 'kube-system/ebs-csi-controller-sa': 'ledger-ebs-csi' },
  securityGroupRules: [securityGroupRule(443, '10.40.20.0/24', 'The pipeline')],
};
