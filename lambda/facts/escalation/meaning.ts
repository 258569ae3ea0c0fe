import type { SourceName } from '../../model/sources.ts';
import type { Deed } from './deeds.ts';
import type { RoleId } from './iam-roles.ts';
import type { NodeOs } from './surroundings.ts';

/**
 * What a proposition says. A namespace that is absent is every one. `accounts` are those that are there, `named-accounts` those that bindings name, there or
 * not: to impersonate one it need not be. They stand for any account of a namespace, so that no pair of a power and an account is ever made.
 */
export type Meaning =
  | { readonly is: 'identity'; readonly subject: string }
  | { readonly is: 'default-part'; readonly subject: string }
  | { readonly is: 'deed'; readonly deed: Deed; readonly namespace?: string }
  | { readonly is: 'role'; readonly role: string; readonly namespace?: string }
  /** Holds a ClusterRole in every namespace, by a RoleBinding in each: nothing of what belongs to no namespace. */
  | { readonly is: 'role-in-each'; readonly role: string }
  | { readonly is: 'bound'; readonly role: string; readonly namespace?: string }
  | { readonly is: 'bound-to-some-role'; readonly namespace: string }
  /** Is taken for others in some requests, by this role of its own. */
  | { readonly is: 'borrows'; readonly subject: string; readonly role: string; readonly namespace?: string }
  /** What others lend to whoever holds this role there, and beside it those: texts of roles by namespace (`null`: cluster-wide), each once, sorted. */
  | { readonly is: 'lends'; readonly role: string; readonly beside: readonly (readonly [string | null, string])[]; readonly namespace?: string }
  | { readonly is: 'everything'; readonly namespace?: string }
  | { readonly is: 'accounts'; readonly namespace?: string }
  | { readonly is: 'named-accounts'; readonly namespace?: string }
  | { readonly is: 'inside-pods'; readonly namespace?: string }
  | { readonly is: 'runs-pods-somewhere' }
  | { readonly is: 'any-user' }
  | { readonly is: 'any-group' }
  | { readonly is: 'admin' }
  | { readonly is: 'node'; readonly os: NodeOs }
  /** What the metadata service of such a node hands out: with it one signs in as the node, and is not on it. */
  | { readonly is: 'node-credentials'; readonly os: NodeOs }
  | { readonly is: 'control'; readonly namespace: string }
  /** A pod of the account, or whoever is in one: of those that lead to roles of IAM. */
  | { readonly is: 'account'; readonly namespace: string; readonly name: string }
  | { readonly is: 'inside'; readonly namespace: string; readonly name: string }
  /** Runs pods as this account, or as any: the pods are whatever one makes them. */
  | { readonly is: 'runs-as'; readonly namespace?: string; readonly name?: string }
  /** Holds tokens of this account, or of any, for whomever one asks them to be. */
  | { readonly is: 'token-of'; readonly namespace?: string; readonly name?: string }
  | { readonly is: 'token-somewhere' }
  | { readonly is: 'iam'; readonly role: RoleId }
  | { readonly is: 'iam-role' }
  /** More could follow on AWS's side, which was not read. */
  | { readonly is: 'iam-unread' }
  | { readonly is: 'unread-iam'; readonly source: SourceName }
  /** More could follow from here: some list of what makes pods was not read. */
  | { readonly is: 'unread-makers' }
  /** More could follow from here: a list that was not read may hold it. */
  | { readonly is: 'unread'; readonly source: SourceName }
  | { readonly is: 'beyond-sight' };

/** Where a meaning with a namespace stands; made so that no name can be taken for another. */
export function place<M extends object>(meaning: M, namespace: string | undefined): M & { readonly namespace?: string } {
  return namespace === undefined ? meaning : { ...meaning, namespace };
}

/** Unique, and readable enough to break ties by. */
export function keyOf(meaning: Meaning): string {
  switch (meaning.is) {
    case 'identity':
    case 'default-part':
      return `${meaning.is} ${meaning.subject}`;
    case 'deed':
      return deedKey(meaning.deed, meaning.namespace);
    case 'role':
    case 'bound':
      return `${meaning.is} ${JSON.stringify([meaning.namespace ?? null, meaning.role])}`;
    case 'role-in-each':
      return `role-in-each ${JSON.stringify(meaning.role)}`;
    case 'borrows':
      return `borrows ${JSON.stringify([meaning.namespace ?? null, meaning.subject, meaning.role])}`;
    case 'lends':
      return `lends ${JSON.stringify([meaning.namespace ?? null, meaning.role, meaning.beside])}`;
    case 'unread':
    case 'unread-iam':
      return `${meaning.is} ${meaning.source}`;
    case 'account':
    case 'inside':
    case 'runs-as':
    case 'token-of':
      return `${meaning.is} ${JSON.stringify([meaning.namespace ?? null, meaning.name ?? null])}`;
    case 'iam':
      return `iam ${meaning.role}`;
    case 'node':
    case 'node-credentials':
      return `${meaning.is} ${meaning.os}`;
    default:
      return 'namespace' in meaning && meaning.namespace !== undefined ? `${meaning.is} ${meaning.namespace}` : meaning.is;
  }
}

function deedKey({ kind, name, joining }: Deed, namespace: string | undefined): string {
  // Whoever is cluster-admin by a binding is shown as that, and not as one of all that he may.
  if (kind === 'admin') return 'by binding admin';
  if (name === undefined && joining === undefined) return namespace === undefined ? `deed ${kind}` : `deed ${kind} ${namespace}`;
  const limits = joining ? [joining.bindings, joining.clusterRoles, joining.roles].map(({ any, these }) => [any, ...[...these].sort()]) : name;
  return `limited deed ${kind} ${JSON.stringify([namespace ?? null, limits])}`;
}
