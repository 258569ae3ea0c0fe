import type { AskedTarget, PathAnswer } from '../facts/escalation/ask-path.ts';
import { targetKey } from '../facts/escalation/escalation-path.ts';
import { subjectText } from '../facts/rbac/subject.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { Unread } from '../model/derived.ts';

/** Ways in one cluster, with why what could hold more was not read. */
export interface PathsOfCluster {
  readonly cluster: ClusterIdentity;
  readonly paths: readonly PathOfCluster[];
}

export interface PathOfCluster extends Omit<PathAnswer, 'unread'> {
  readonly unread: readonly Unread[];
  /** What else leaves it unknown, sentences without a period. */
  readonly doubts: readonly string[];
  /** Who of IAM it was that comes there, signed in as the one who was asked about. */
  readonly as?: string;
}

/** `cluster-admin`, `node/linux`, `namespace/kube-system`, `User alice`. */
export function askedText(target: AskedTarget): string {
  return target.is === 'identity' ? subjectText(target.subject) : targetKey(target);
}

/** What the answers rest on, and what no answer here can say. */
export const BEYOND_PATHS = 'RBAC, EKS access policies, IAM roles, pod security and what runs are in this answer; what else AWS allows and other admission control are not';
