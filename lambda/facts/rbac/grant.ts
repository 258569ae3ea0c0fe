import type { Asks } from './asks.ts';
import type { Binding, RoleObject } from './bindings.ts';
import type { Subject } from './subject.ts';

/** A role with the answers of its rules, worked out once however many bindings name it. */
export interface AnsweringRole extends RoleObject {
  readonly asks: Asks;
  readonly ruleAsks: readonly Asks[];
  /** The namespaces that it lets its holders change or delete by name; that is in no answer of the role itself. */
  readonly namespaces: ReadonlyMap<string, Asks>;
  /** Of view, edit and admin: the roles that others than Kubernetes let flow into it. */
  readonly inflows?: readonly AnsweringRole[];
}

/** One subject of one binding. */
export interface Grant {
  readonly binding: Binding;
  readonly role: AnsweringRole;
  /** The scope in which it counts; undefined: the whole cluster. */
  readonly namespace: string | undefined;
  /** What counts there. */
  readonly asks: Asks;
  /** What of it is there by default. */
  readonly byDefault: Asks;
}

/** A subject's grants in one scope: by bindings that stand there, and where a ClusterRoleBinding's role names the namespace, by that too. */
export interface ScopeGrants {
  asks: Asks;
  byDefault: Asks;
  readonly grants: Grant[];
}

export interface SubjectGrants {
  readonly subject: Subject;
  cluster: ScopeGrants;
  namespaces: Map<string, ScopeGrants>;
}
