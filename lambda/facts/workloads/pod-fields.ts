import type { FieldPaths } from '../../model/fields.ts';

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
  'securityContext',
  'volumes[].name',
  'volumes[].hostPath.path',
  ...['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => [
    `${list}[].name`,
    `${list}[].image`,
    `${list}[].ports`,
    `${list}[].securityContext`,
    `${list}[].volumeMounts[].name`,
    `${list}[].volumeMounts[].readOnly`,
  ]),
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

function template(path: string): readonly string[] {
  return [`${path}.metadata.labels`, ...TEMPLATE_FIELDS.map((field) => `${path}.spec.${field}`)];
}

/** What the fact `workloads` keeps of each kind that makes pods. */
export const WORKLOAD_FIELDS = {
  pods: [...OWNER_FIELDS, 'metadata.labels', 'spec.nodeName', 'spec.restartPolicy', ...SPEC_FIELDS.map((field) => `spec.${field}`)],
  replicaSets: [...OWNER_FIELDS, ...template('spec.template')],
  jobs: [...OWNER_FIELDS, ...template('spec.template')],
  deployments: template('spec.template'),
  daemonSets: template('spec.template'),
  statefulSets: template('spec.template'),
  replicationControllers: template('spec.template'),
  cronJobs: template('spec.jobTemplate.spec.template'),
} as const satisfies FieldPaths;
