import type { Unread } from '../model/derived.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { GrantedSubject, ScopeRules } from '../facts/rbac/authorizer/authorizer.ts';
import type { Identity, Request } from '../facts/rbac/authorizer/request.ts';
import type { Subject } from '../facts/rbac/subject.ts';

/** What both answers say of the cluster that they are about. */
interface AnswerOfCluster {
  readonly cluster: ClusterIdentity;
  /** What was not read and could add to the answer; empty: by RBAC this is all. */
  readonly unread: readonly Unread[];
}

export interface WhoCanAnswer extends AnswerOfCluster {
  readonly subjects: readonly GrantedSubject[];
  /** Namespaces whose RoleBindings allow it too, where it was asked about all namespaces at once. */
  readonly elsewhere: readonly string[];
}

/** Who may do one thing, in each cluster. */
export interface WhoCan {
  readonly request: Request;
  /** `get secrets in shop`. */
  readonly text: string;
  readonly notes: readonly string[];
  readonly answers: readonly WhoCanAnswer[];
}

export interface WhatCanAnswer extends AnswerOfCluster {
  readonly scopes: readonly ScopeRules[];
}

/** What somebody may do, in each cluster. */
export interface WhatCan {
  readonly subject: Subject;
  /** With the groups that come with the subject, and those that were given. */
  readonly identity: Identity;
  readonly answers: readonly WhatCanAnswer[];
}

/** What no answer from RBAC alone can say. */
export const BEYOND_RBAC = 'RBAC and system:masters are in this answer; EKS access policies and the rights of nodes are not';
