import type { Subject } from '../subject.ts';
import type { Identity } from './request.ts';
import { accountOfUser, accountUser, type AccountName } from './service-account.ts';

const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';
const ANONYMOUS = 'system:anonymous';
const ALL_ACCOUNTS = 'system:serviceaccounts';
const ALL_NODES = 'system:nodes';
const NODE_USER = 'system:node:';

/**
 * Whoever stands behind a subject, with the groups that come with it and no others: a person may be in more. A ServiceAccount is in those of its
 * namespace and of all accounts; whoever is signed in is in `system:authenticated`; a stranger is in `system:unauthenticated` alone. A group gives a member
 * of it, of whom no name is known. Source: kubernetes/apiserver pkg/authentication/{serviceaccount/util.go,user/user.go}.
 */
export function identityOf(subject: Subject): Identity {
  const { kind, namespace, name } = subject;
  if (kind === 'ServiceAccount') return { user: accountUser(namespace ?? '', name), groups: accountGroups({ namespace: namespace ?? '', name }) };
  return kind === 'User' ? identityOfUser(name) : identityOfMember(name);
}

function identityOfUser(user: string): Identity {
  const account = accountOfUser(user);
  if (account) return { user, groups: accountGroups(account) };
  if (user === ANONYMOUS) return { user, groups: [UNAUTHENTICATED] };
  return { user, groups: user.startsWith(NODE_USER) ? [ALL_NODES, AUTHENTICATED] : [AUTHENTICATED] };
}

function identityOfMember(group: string): Identity {
  const groups = new Set([group]);
  if (group.startsWith(`${ALL_ACCOUNTS}:`)) groups.add(ALL_ACCOUNTS);
  if (group !== UNAUTHENTICATED) groups.add(AUTHENTICATED);
  return { user: undefined, groups: [...groups] };
}

function accountGroups({ namespace }: AccountName): readonly string[] {
  return [...accountOnlyGroups(namespace), AUTHENTICATED];
}

/** The groups that a ServiceAccount's token carries, without `system:authenticated`. */
export function accountOnlyGroups(namespace: string): readonly string[] {
  return [ALL_ACCOUNTS, `${ALL_ACCOUNTS}:${namespace}`];
}

/** What the API server adds to the groups of somebody whom it takes for `user`, where nothing else says whether he is signed in. */
export function signedInGroups(user: string, groups: readonly string[]): readonly string[] {
  if (user === ANONYMOUS) return groups.includes(UNAUTHENTICATED) ? groups : [...groups, UNAUTHENTICATED];
  return groups.includes(AUTHENTICATED) || groups.includes(UNAUTHENTICATED) ? groups : [...groups, AUTHENTICATED];
}
