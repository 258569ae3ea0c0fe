export interface AccountName {
  readonly namespace: string;
  readonly name: string;
}

const PREFIX = 'system:serviceaccount:';
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** The user name of a ServiceAccount. */
export function accountUser(namespace: string, name: string): string {
  return `${PREFIX}${namespace}:${name}`;
}

/**
 * The ServiceAccount that a user name means, where both parts could be names of objects; anything else is a user of that name.
 * Source: kubernetes/apiserver pkg/authentication/serviceaccount/util.go `SplitUsername`.
 */
export function accountOfUser(user: string): AccountName | undefined {
  if (!user.startsWith(PREFIX)) return undefined;
  const [namespace = '', name = '', ...more] = user.slice(PREFIX.length).split(':');
  if (more.length > 0 || !LABEL.test(namespace) || name.length > 253 || !SUBDOMAIN.test(name)) return undefined;
  return { namespace, name };
}
