/** Labels that controllers put on what they make: other ones with every rollout, run or uid. */
export const VOLATILE_LABELS: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
]);

/** Labels of one pod alone, with the pod's name. https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-name-label */
export const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';

/** Labels that pods carry and no template holds. */
const OF_PODS: ReadonlySet<string> = new Set([...VOLATILE_LABELS, POD_NAME_LABEL, 'apps.kubernetes.io/pod-index', 'batch.kubernetes.io/job-completion-index', 'pod-template-generation']);

/** Whether a controller puts this label on the pods that it makes, so that what is declared has it not. */
export function isLabelOfController(key: string): boolean {
  return OF_PODS.has(key);
}
