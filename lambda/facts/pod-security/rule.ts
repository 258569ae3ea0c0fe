import type { V1ObjectMeta, V1PodSpec } from '@kubernetes/client-node';

export type PodSecurityLevel = 'baseline' | 'restricted';

/** A pod, or a template that makes pods. */
export interface JudgedPod {
  readonly metadata?: Pick<V1ObjectMeta, 'annotations'> | undefined;
  readonly spec: V1PodSpec;
}

/** One place in a pod that a rule refuses. Without `container`: the pod as a whole. */
export interface Offence {
  readonly container?: string;
  /** What is refused, as written: a capability, a port, a path, a profile. */
  readonly what?: string;
}

/** A rule of the Pod Security Standards as it stands from one Kubernetes minor on. */
export type Judge = (pod: JudgedPod) => Iterable<Offence>;

export interface PodSecurityRule {
  /** Upstream's id of the check. */
  readonly id: string;
  readonly level: PodSecurityLevel;
  /** From which minor of Kubernetes 1 on which judge speaks, ascending. Before the first one the rule does not exist. */
  readonly since: readonly { readonly minor: number; readonly judge: Judge }[];
  /** A baseline rule that `restricted` does not ask because this one takes its place. */
  readonly overrides?: string;
}

/** The pod says that it runs on Windows, where rules about Linux have no meaning (since 1.25). */
export function exceptWindows(judge: Judge): Judge {
  return (pod) => (pod.spec.os?.name === 'windows' ? [] : judge(pod));
}

/** A pod in a user namespace of its own: what it may do as root ends at that namespace (KEP-127). */
export function exceptUserNamespace(judge: Judge): Judge {
  return (pod) => (pod.spec.hostUsers === false ? [] : judge(pod));
}
