import type { V1PodSpec } from '@kubernetes/client-node';
import type { KubernetesSource } from '../../model/kinds.ts';
import type { ResourceRef } from '../../model/violation.ts';

/**
 * Something that makes pods, as people declared it: a top controller's template, or a pod that no known controller made.
 * Replicas, phases, nodes and pod names are not in it; scaled to zero and suspended ones are.
 */
export interface Workload {
  /** Top controller; for things named by `generateName`: owner kind, generateName and ServiceAccount as the name. */
  readonly resource: ResourceRef & { readonly namespace: string };
  /** The list that it was seen in. */
  readonly source: KubernetesSource;
  /** Labels of the pods that it makes. */
  readonly labels: Readonly<Record<string, string>>;
  /** Annotations of its pods, trimmed to those that somebody declared. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: V1PodSpec;
  /** `default` where the template names none. */
  readonly serviceAccount: string;
  /** Set when this is, by name and by content, an object that Kubernetes, EKS or one of its add-ons makes: which one. */
  readonly component?: string;
}
