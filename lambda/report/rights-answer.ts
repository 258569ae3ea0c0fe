import type { Unread } from '../model/derived.ts';
import type { ClusterIdentity } from '../model/cluster-target.ts';
import type { PolicyHolderAnswer } from '../facts/authorization/authorizer-chain.ts';
import type { NodesThatMay } from '../facts/authorization/node-authorizer.ts';
import type { GrantedPolicy, MappedPrincipal } from '../facts/identity/cluster-identity.ts';
import type { GrantedSubject, ScopeRules } from '../facts/rbac/authorizer/authorizer.ts';
import type { Identity, Request } from '../facts/rbac/authorizer/request.ts';
import type { Subject } from '../facts/rbac/subject.ts';

/** What both answers say of the cluster that they are about. */
interface AnswerOfCluster {
  readonly cluster: ClusterIdentity;
  /** What was not read and could add to the answer; empty: this is all, but for what is doubtful of somebody. */
  readonly unread: readonly Unread[];
}

export interface WhoCanAnswer extends AnswerOfCluster {
  /** By RBAC, and system:masters. */
  readonly subjects: readonly GrantedSubject[];
  /** By access policies, or maybe. */
  readonly principals: readonly PolicyHolderAnswer[];
  readonly nodes: NodesThatMay;
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

/** Somebody of IAM whom the cluster takes for the one who is asked about. */
export interface PrincipalRights {
  readonly principal: MappedPrincipal;
  /** False: only where a session of it is called so. */
  readonly certain: boolean;
  /** Those that count where it was asked. */
  readonly policies: readonly GrantedPolicy[];
}

export interface WhatCanAnswer extends AnswerOfCluster {
  /** With the groups that come with the subject, those that were given, and those of IAM's principals who are certainly it. */
  readonly identity: Identity;
  /** By RBAC. */
  readonly scopes: readonly ScopeRules[];
  /** Sorted by ARN. */
  readonly principals: readonly PrincipalRights[];
  /** What the Node authorizer allows it at least; undefined: it is no node. */
  readonly node: readonly string[] | undefined;
}

/** What somebody may do, in each cluster. */
export interface WhatCan {
  readonly subject: Subject;
  /** With the groups that come with the subject, and those that were given. */
  readonly identity: Identity;
  readonly answers: readonly WhatCanAnswer[];
}

/** Whether something of IAM's side leaves it open what somebody may. */
export function isDoubtful({ policy, scope }: GrantedPolicy): boolean {
  return policy.contents !== 'documented' || scope.kind === 'unsaid';
}

/** What the answers rest on, and what is not in them. */
export const WHOLE_CHAIN = 'system:masters, the Node authorizer, EKS access policies and RBAC are in this answer; what admission then refuses is not';
