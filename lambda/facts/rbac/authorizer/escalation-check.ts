import type { PolicyRule } from '../policy-rule.ts';
import type { Authorizer } from './authorizer.ts';
import { covers } from './covers.ts';
import { MASTERS, type Identity, type ResourceRequest } from './request.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** A Role or ClusterRole that somebody writes. `namespace`: of a Role. */
export interface RoleWrite {
  readonly op: 'create' | 'update';
  readonly kind: 'Role' | 'ClusterRole';
  readonly namespace?: string;
  readonly name: string;
  /** The new rules, all of them. */
  readonly rules: readonly PolicyRule[];
  /** The new object, or the one that it replaces, has an `aggregationRule`. */
  readonly aggregates?: boolean;
}

/** A RoleBinding or ClusterRoleBinding that somebody writes; whom it binds does not matter. */
export interface BindingWrite {
  readonly op: 'create' | 'update';
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly namespace?: string;
  readonly name: string;
  readonly roleRef: { readonly apiGroup: string; readonly kind: string; readonly name: string };
}

/**
 * `authorization`: may not write such objects at all. `escalation`: does not hold what the role gives. `aggregation`: may not set or touch an
 * `aggregationRule`. `role-not-found`: the role does not exist, and no `bind` on it.
 */
export type WriteRefusal = 'authorization' | 'escalation' | 'aggregation' | 'role-not-found';

/**
 * Whom the check asks. `escalate` and `bind` are asked of every authorizer that the API server has (`can`), what somebody holds of RBAC alone. What was not
 * read is taken for not being there.
 */
export type EscalationJudge = Pick<Authorizer, 'can' | 'rulesFor' | 'rulesOf'>;

/** Undefined: the write is allowed. Source: kubernetes/kubernetes pkg/registry/rbac/{escalation_check.go,*\/policybased/storage.go}. */
export function refusalOfRoleWrite(judge: EscalationJudge, identity: Identity, write: RoleWrite): WriteRefusal | undefined {
  const resource = write.kind === 'Role' ? 'roles' : 'clusterroles';
  const namespace = write.namespace ?? '';
  const about = (verb: string): ResourceRequest => ({ verb, group: RBAC, resource, subresource: '', name: nameIn(write), namespace });
  if (!judge.can(identity, about(write.op))) return 'authorization';
  if (identity.groups.includes(MASTERS) || judge.can(identity, about('escalate'))) return undefined;
  const held = rulesOf(judge, identity, namespace);
  if (!covers(held, write.rules)) return 'escalation';
  return write.aggregates === true && !covers(held, EVERYTHING) ? 'aggregation' : undefined;
}

/** Undefined: the write is allowed. */
export function refusalOfBindingWrite(judge: EscalationJudge, identity: Identity, write: BindingWrite): WriteRefusal | undefined {
  const resource = write.kind === 'RoleBinding' ? 'rolebindings' : 'clusterrolebindings';
  const namespace = write.namespace ?? '';
  if (!judge.can(identity, { verb: write.op, group: RBAC, resource, subresource: '', name: nameIn(write), namespace })) return 'authorization';
  if (identity.groups.includes(MASTERS) || judge.can(identity, bindRequest(write, namespace))) return undefined;
  const { kind, name } = write.roleRef;
  const given = judge.rulesOf(kind === 'Role' ? `Role ${namespace}/${name}` : `${kind} ${name}`);
  if (!given) return 'role-not-found';
  return covers(rulesOf(judge, identity, namespace), given) ? undefined : 'escalation';
}

/** A create has no name: rules with resourceNames never help it. */
function nameIn({ op, name }: RoleWrite | BindingWrite): string {
  return op === 'update' ? name : '';
}

/** `bind` is asked on the role by its name, in a create too, and in the namespace of the binding. */
function bindRequest({ roleRef: { apiGroup, kind, name } }: BindingWrite, namespace: string): ResourceRequest {
  return { verb: 'bind', group: apiGroup, resource: kind === 'Role' ? 'roles' : 'clusterroles', subresource: '', name, namespace };
}

function rulesOf(judge: EscalationJudge, identity: Identity, namespace: string): readonly PolicyRule[] {
  return judge.rulesFor(identity, namespace).rules.map(({ rule }) => rule);
}

/** What one must hold to let a role gather what its selectors find. */
const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], urls: [] },
  { verbs: ['*'], apiGroups: [], resources: [], resourceNames: [], urls: ['*'] },
];
