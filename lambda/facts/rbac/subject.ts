import type { ResourceRef } from '../../model/violation.ts';

/** Whom a binding names, in one spelling whatever the binding writes. */
export interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  /** Of a ServiceAccount, always. */
  readonly namespace?: string;
  readonly name: string;
}

/** Who stands behind a subject: one identity or group; all pods of a namespace (that name no account); everyone; strangers; system:masters. */
export type Audience = 'particular' | 'namespace' | 'everyone' | 'anonymous' | 'masters';

const ACCOUNT_USER = /^system:serviceaccount:([^:]+):([^:]+)$/;
/** IAM Identity Center ends its roles with 16 hex digits that change when the permission set is assigned anew. */
const SSO_SUFFIX = /(AWSReservedSSO_[\w+=,.@-]+)_[0-9a-f]{16}(?![\w+=,.@-])/;

/**
 * A subject as the authorizer takes it (rbac.go `appliesToUser`), every name as it is written; undefined where it can never match anybody: an
 * unknown kind, or a ServiceAccount without a namespace in a ClusterRoleBinding. `bindingNamespace`: that of a RoleBinding.
 */
export function exactSubject(subject: unknown, bindingNamespace?: string): Subject | undefined {
  if (typeof subject !== 'object' || subject === null) return undefined;
  const { kind, name = '', namespace } = subject as { kind?: unknown; name?: unknown; namespace?: unknown };
  if (typeof name !== 'string') return undefined;
  if (kind === 'Group' || kind === 'User') return { kind, name };
  if (kind !== 'ServiceAccount') return undefined;
  const own = typeof namespace === 'string' && namespace !== '' ? namespace : bindingNamespace;
  return own === undefined || own === '' ? undefined : { kind, namespace: own, name };
}

/** The same in the one spelling that findings have: a user that is a ServiceAccount as that account, IAM's roles without their random suffix. */
export function canonicalSubject(subject: unknown, bindingNamespace?: string): Subject | undefined {
  const exact = exactSubject(subject, bindingNamespace);
  if (!exact || exact.name === '' || exact.kind === 'ServiceAccount') return exact?.name === '' ? undefined : exact;
  const account = exact.kind === 'User' ? ACCOUNT_USER.exec(exact.name) : null;
  return account ? { kind: 'ServiceAccount', namespace: account[1]!, name: account[2]! } : { kind: exact.kind, name: withoutSsoSuffix(exact.name) };
}

/** A name or ARN with a role of IAM Identity Center in it, without what changes when its permission set is assigned anew. */
export function withoutSsoSuffix(name: string): string {
  return name.replace(SSO_SUFFIX, '$1');
}

/** `User alice`, `Group devs`, `ServiceAccount shop/runner`: unique, and the spelling of the shipped defaults. */
export function subjectText({ kind, namespace, name }: Subject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

export function subjectResource({ kind, namespace, name }: Subject): ResourceRef {
  if (namespace === undefined) return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, name };
  return { apiVersion: 'v1', kind, namespace, name };
}

const NAMESPACE_ACCOUNTS = 'system:serviceaccounts:';

export function audienceOf({ kind, name }: Subject): Audience {
  if (kind === 'ServiceAccount') return name === 'default' ? 'namespace' : 'particular';
  if (kind === 'User') return name === 'system:anonymous' ? 'anonymous' : 'particular';
  if (name === 'system:masters') return 'masters';
  if (name === 'system:unauthenticated') return 'anonymous';
  if (name === 'system:authenticated' || name === 'system:serviceaccounts') return 'everyone';
  return name.startsWith(NAMESPACE_ACCOUNTS) ? 'namespace' : 'particular';
}

/** The subject as a sentence begins: `Every pod of shop without an account of its own`. */
export function holderText(subject: Subject): string {
  const { kind, namespace, name } = subject;
  if (kind === 'ServiceAccount') return name === 'default' ? `Every pod of ${namespace} without an account of its own` : `ServiceAccount ${namespace}/${name}`;
  if (kind === 'User') return name === 'system:anonymous' ? 'Anyone, without signing in,' : `User ${name}`;
  if (name === 'system:unauthenticated') return 'Anyone, without signing in,';
  if (name === 'system:authenticated') return 'Everyone who can sign in, every pod included,';
  if (name === 'system:serviceaccounts') return 'Every pod of the cluster';
  return name.startsWith(NAMESPACE_ACCOUNTS) ? `Every pod of ${name.slice(NAMESPACE_ACCOUNTS.length)}` : `Group ${name}`;
}

const NO_GROUPS: readonly string[] = [];
const SIGNED_IN: readonly string[] = ['Group system:authenticated'];

/** Groups that every holder of this subject is in, widest first; not the subject itself. Whoever is signed in is in system:authenticated. */
export function ownGroups(subject: Subject): readonly string[] {
  if (subject.kind === 'User') return audienceOf(subject) === 'anonymous' ? NO_GROUPS : SIGNED_IN;
  const groups = ['Group system:authenticated'];
  const namespace = subject.kind === 'ServiceAccount' ? subject.namespace : undefined;
  if (namespace !== undefined) groups.push('Group system:serviceaccounts', `Group ${NAMESPACE_ACCOUNTS}${namespace}`);
  if (subject.kind === 'Group' && subject.name.startsWith(NAMESPACE_ACCOUNTS)) groups.push('Group system:serviceaccounts');
  const self = subjectText(subject);
  return audienceOf(subject) === 'anonymous' ? [] : groups.filter((group) => group !== self);
}
