/** Who asks, as the authorizer is told it: groups are complete, nothing is added to them. */
export interface Identity {
  /** Undefined: any member of the groups, of whom no name is known. */
  readonly user: string | undefined;
  readonly groups: readonly string[];
}

/** A request about an object, in the authorizer's terms. */
export interface ResourceRequest {
  readonly verb: string;
  /** `''`: the core group. */
  readonly group: string;
  readonly resource: string;
  /** `''`: none. May contain `/` (`userextras/example.com/team`: resource `userextras`, the rest is the subresource). */
  readonly subresource: string;
  /** `''`: no name, as in a create, a deletecollection and a plain list. */
  readonly name: string;
  /**
   * `''`: cluster scope, or all namespaces. The authorizer knows no scopes: who asks sets what the API server sets (none for a cluster-scoped
   * resource, its own name for a namespace).
   */
  readonly namespace: string;
}

/** A request for an address that is no object (`/healthz`). */
export interface UrlRequest {
  readonly verb: string;
  readonly path: string;
}

export type Request = ResourceRequest | UrlRequest;

export function isUrlRequest(request: Request): request is UrlRequest {
  return 'path' in request;
}

/** The namespace whose RoleBindings count; an address has none. */
export function namespaceOf(request: Request): string {
  return isUrlRequest(request) ? '' : request.namespace;
}

/** The group whose members are allowed everything before any authorizer is asked, and are exempt from the escalation checks. */
export const MASTERS = 'system:masters';

/**
 * A word that no cluster can hold: half of a character that needs two. A request with it as name, resource or verb is allowed by what
 * allows every name, resource or verb.
 */
export const UNWRITTEN = '\ud800';
