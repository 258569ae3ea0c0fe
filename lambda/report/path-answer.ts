import type { AskedTarget, PathAnswer } from '../facts/escalation/ask-path.ts';
import { targetKey } from '../facts/escalation/escalation-path.ts';
import { subjectText } from '../facts/rbac/subject.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { Unread } from '../model/derived.ts';

/** Ways in one cluster, with why what could hold more was not read. */
export interface PathsOfCluster {
  readonly cluster: ClusterIdentity;
  readonly paths: readonly (Omit<PathAnswer, 'unread'> & { readonly unread: readonly Unread[] })[];
}

/** `cluster-admin`, `node/linux`, `namespace/kube-system`, `User alice`. */
export function askedText(target: AskedTarget): string {
  return target.is === 'identity' ? subjectText(target.subject) : targetKey(target);
}

/** What no answer here can say. */
export const BEYOND_PATHS = 'RBAC, pod security and what runs are in this answer; EKS access policies, IAM and other admission control are not';
