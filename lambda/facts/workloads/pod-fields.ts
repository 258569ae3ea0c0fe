import type { FieldPaths } from '../../model/fields.ts';

/** Of a pod and of a container alike. */
const SECURITY_CONTEXT: readonly string[] = [
  'runAsUser',
  'runAsNonRoot',
  'seccompProfile.type',
  'windowsOptions.hostProcess',
  'windowsOptions.runAsUserName',
].map((field) => `securityContext.${field}`);

const CONTAINER_FIELDS: readonly string[] = [
  'name',
  'image',
  'ports[].name',
  'ports[].containerPort',
  'ports[].hostPort',
  'ports[].protocol',
  ...SECURITY_CONTEXT,
  'securityContext.allowPrivilegeEscalation',
  'securityContext.capabilities.add[]',
  'securityContext.privileged',
  'securityContext.procMount',
  'volumeMounts[].name',
  'volumeMounts[].readOnly',
];

/** Fields of a pod spec that workload and network checks read. Whoever reads another one adds it here: pods and templates then keep it alike. */
const SPEC_FIELDS: readonly string[] = [
  'serviceAccountName',
  'automountServiceAccountToken',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'hostUsers',
  'shareProcessNamespace',
  'runtimeClassName',
  'os.name',
  'nodeSelector',
  'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution',
  ...SECURITY_CONTEXT,
  'securityContext.sysctls[].name',
  'volumes[].name',
  'volumes[].hostPath.path',
  ...['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => CONTAINER_FIELDS.map((field) => `${list}[].${field}`)),
];

/** Templates cannot hold ephemeral containers. */
const TEMPLATE_FIELDS = SPEC_FIELDS.filter((field) => !field.startsWith('ephemeralContainers'));

const OWNER_FIELDS: readonly string[] = [
  'metadata.generateName',
  'metadata.ownerReferences[].apiVersion',
  'metadata.ownerReferences[].kind',
  'metadata.ownerReferences[].name',
  'metadata.ownerReferences[].controller',
];

/** Networks beside the cluster's own that a pod is joined to. https://github.com/k8snetworkplumbingwg/multus-cni */
export const EXTRA_NETWORKS = 'k8s.v1.cni.cncf.io/networks';
const ANNOTATIONS = `metadata.annotations["${EXTRA_NETWORKS}"]`;

function template(path: string): readonly string[] {
  return [`${path}.metadata.labels`, `${path}.${ANNOTATIONS}`, ...TEMPLATE_FIELDS.map((field) => `${path}.spec.${field}`)];
}

/** What the fact `workloads` keeps of each kind that makes pods. */
export const WORKLOAD_FIELDS = {
  pods: [...OWNER_FIELDS, 'metadata.labels', ANNOTATIONS, 'spec.nodeName', 'spec.restartPolicy', ...SPEC_FIELDS.map((field) => `spec.${field}`)],
  replicaSets: [...OWNER_FIELDS, ...template('spec.template')],
  jobs: [...OWNER_FIELDS, ...template('spec.template')],
  deployments: template('spec.template'),
  daemonSets: template('spec.template'),
  statefulSets: template('spec.template'),
  replicationControllers: template('spec.template'),
  cronJobs: template('spec.jobTemplate.spec.template'),
} as const satisfies FieldPaths;
