import { accountOnlyGroups, signedInGroups } from './identity-of.ts';
import type { Identity, ResourceRequest } from './request.ts';
import { accountOfUser } from './service-account.ts';

/** Whom a request asks to be taken for, as its `Impersonate-*` headers say. */
export interface Impersonation {
  readonly username: string;
  readonly groups?: readonly string[];
  readonly uid?: string;
  /** Values by key. */
  readonly extra?: ReadonlyMap<string, readonly string[]>;
}

const AUTHENTICATION = 'authentication.k8s.io';

/**
 * What must all be allowed for it: `impersonate` on the user by name (on the ServiceAccount in its namespace, where the name is that of one), on
 * each group, on the uid and on each extra value. Source: kubernetes/apiserver pkg/endpoints/filters/impersonation. (The constrained way of Kubernetes 1.36
 * is another: it asks other verbs.)
 */
export function impersonationRequests({ username, groups = [], uid, extra = new Map() }: Impersonation): readonly ResourceRequest[] {
  const account = accountOfUser(username);
  return [
    account ? impersonate('', 'serviceaccounts', account.name, { namespace: account.namespace }) : impersonate('', 'users', username),
    ...groups.map((group) => impersonate('', 'groups', group)),
    ...(uid === undefined || uid === '' ? [] : [impersonate(AUTHENTICATION, 'uids', uid)]),
    ...[...extra].flatMap(([key, values]) => values.map((value) => impersonate(AUTHENTICATION, 'userextras', value, { subresource: key }))),
  ];
}

function impersonate(group: string, resource: string, name: string, { namespace = '', subresource = '' } = {}): ResourceRequest {
  return { verb: 'impersonate', group, resource, subresource, name, namespace };
}

/** Who the API server then takes the caller for. Groups that are asked for are all there are, but for the one that says whether he is signed in. */
export function impersonated({ username, groups }: Impersonation): Identity {
  const account = accountOfUser(username);
  const own = groups !== undefined && groups.length > 0 ? groups : account ? accountOnlyGroups(account.namespace) : [];
  return { user: username, groups: signedInGroups(username, own) };
}
