import type { V1ObjectMeta, V1PodSpec } from '@kubernetes/client-node';
import type { Collected } from '../../model/collected.ts';
import { KINDS, apiVersionOf } from '../../model/kinds.ts';
import { defineFact } from '../define-fact.ts';
import { componentOf } from './components.ts';
import { VOLATILE_LABELS } from './labels-of-controllers.ts';
import { mergeWorkloads } from './merge-workloads.ts';
import { WORKLOAD_FIELDS } from './pod-fields.ts';
import type { Workload } from './workload.ts';
import { isControlled, workloadIdentity } from './workload-identity.ts';
import { pairsOf, textOf } from '../as-read.ts';
import { soundSpec } from './sound-spec.ts';

type Source = keyof typeof WORKLOAD_FIELDS;

interface PodMaker {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: V1ObjectMeta;
  readonly template?: { readonly metadata?: V1ObjectMeta; readonly spec?: V1PodSpec } | undefined;
}

/** Everything that makes pods, as declared. A kind that could not be read is missing from it and said to be. */
export const workloads = defineFact({
  name: 'workloads',
  // Goes up with the table of components too.
  revision: 1,
  wants: ['pods', 'deployments', 'daemonSets', 'statefulSets', 'replicaSets', 'jobs', 'cronJobs', 'replicationControllers'],
  fields: WORKLOAD_FIELDS,
  derive: ({ pods, deployments, daemonSets, statefulSets, replicaSets, jobs, cronJobs, replicationControllers }) =>
    mergeWorkloads([
      ...of('deployments', deployments, (object) => object.spec?.template),
      ...of('daemonSets', daemonSets, (object) => object.spec?.template),
      ...of('statefulSets', statefulSets, (object) => object.spec?.template),
      ...of('replicationControllers', replicationControllers, (object) => object.spec?.template),
      ...of('cronJobs', cronJobs, (object) => object.spec?.jobTemplate?.spec?.template),
      ...of('replicaSets', replicaSets, (object) => object.spec?.template),
      ...of('jobs', jobs, (object) => object.spec?.template),
      ...of('pods', pods, (object) => object),
    ]),
});

function* of<T extends Omit<PodMaker, 'template'>>(
  source: Source,
  objects: Collected<readonly T[]>,
  templateOf: (object: T) => PodMaker['template'],
): Iterable<Workload> {
  if (!objects.ok) return;
  // Nearly all pods are some controller's.
  for (const object of objects.value.filter(({ metadata }) => !isControlled(metadata))) {
    const workload = workloadOf(source, object, templateOf(object));
    if (workload) yield workload;
  }
}

function workloadOf(source: Source, object: PodMaker, template: PodMaker['template']): Workload | undefined {
  const definition = KINDS[source];
  const spec = template?.spec ?? { containers: [] };
  const serviceAccount = textOf(spec.serviceAccountName) ?? 'default';
  const resource = workloadIdentity({
    apiVersion: object.apiVersion ?? apiVersionOf(definition),
    kind: object.kind ?? definition.kind,
    ...(object.metadata ? { metadata: object.metadata } : {}),
    serviceAccount,
    ends: source === 'jobs' || (source === 'pods' && (spec.restartPolicy === 'Never' || spec.restartPolicy === 'OnFailure')),
    ...(spec.nodeName ? { nodeName: spec.nodeName } : {}),
  });
  if (!resource) return undefined;
  const declared = soundSpec(source === 'pods' ? asDeclared(spec) : spec.containers ? spec : { ...spec, containers: [] });
  const component = componentOf({ resource, spec: declared, serviceAccount });
  return {
    resource,
    source,
    labels: lessVolatile(pairsOf(template?.metadata?.labels)),
    annotations: pairsOf(template?.metadata?.annotations),
    spec: declared,
    serviceAccount,
    ...(component === undefined ? {} : { component }),
  };
}

function lessVolatile(labels: Workload['labels']): Workload['labels'] {
  if (!Object.keys(labels).some((key) => VOLATILE_LABELS.has(key))) return labels;
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !VOLATILE_LABELS.has(key)));
}

/** The volume that admission adds for a pod's token: another name in every pod. */
const TOKEN_VOLUME = /^kube-api-access-[a-z0-9]{5}$/;

/** A pod's spec less what admission and the scheduler put into it. */
function asDeclared({ nodeName: _node, restartPolicy: _restart, volumes, containers, initContainers, ...spec }: V1PodSpec): V1PodSpec {
  const lessToken = <T extends { name?: string }>(list: T[] | undefined): T[] | undefined => list?.filter((item) => !TOKEN_VOLUME.test(textOf(item?.name) ?? ''));
  const each = (list: V1PodSpec['containers'] | undefined): V1PodSpec['containers'] | undefined =>
    list?.map((container) => (container?.volumeMounts ? { ...container, volumeMounts: lessToken(container.volumeMounts) ?? [] } : container));
  const declaredVolumes = lessToken(volumes ?? undefined);
  const declaredInit = each(initContainers ?? undefined);
  return {
    ...spec,
    containers: each(containers ?? undefined) ?? [],
    ...(declaredInit ? { initContainers: declaredInit } : {}),
    ...(declaredVolumes ? { volumes: declaredVolumes } : {}),
  };
}
