import { impersonated, impersonationRequests, type Impersonation } from './impersonation.ts';
import { MASTERS, type Identity, type Request, type ResourceRequest } from './request.ts';
import { accountOfUser } from './service-account.ts';

/** The way in which somebody is taken for somebody else. Verbs and rules name it. */
export type ImpersonationMode = 'user-info' | 'serviceaccount' | 'arbitrary-node' | 'associated-node';

/** On unless it is switched off since this minor version of Kubernetes 1; switched on by who wants it in the one before. */
export const CONSTRAINED_SINCE = 36;

/** What must all be allowed to the caller for one request as somebody else. */
export interface ConstrainedWay {
  readonly mode: ImpersonationMode;
  readonly requests: readonly Request[];
}

const AUTHENTICATION = 'authentication.k8s.io';
const NODE_USER = 'system:node:';
const ACCOUNT_USER = 'system:serviceaccount:';

/**
 * The ways in which a request may be made as somebody else where that is constrained: for each, `impersonate-on:<mode>:<verb>` on what the request is about and
 * `impersonate:<mode>` on whom. Accounts and nodes are taken with the groups that they have and nothing else. Nobody is taken for a member of system:masters.
 * `ownNode`: of an account's token, the node that its pod is on; of that the API server asks by the name `*`. Source: KEP-5284.
 */
export function constrainedWays({ username, groups = [], uid = '', extra = new Map() }: Impersonation, request: Request, ownNode?: string): readonly ConstrainedWay[] {
  const alone = groups.length === 0 && uid === '' && extra.size === 0;
  if (username.startsWith(ACCOUNT_USER)) {
    const account = accountOfUser(username);
    return account && alone ? [way('serviceaccount', request, asked('serviceaccount', 'serviceaccounts', account.name, { namespace: account.namespace }))] : [];
  }
  if (username.startsWith(NODE_USER)) {
    const node = username.slice(NODE_USER.length);
    if (!alone || node === '') return [];
    const own = ownNode === node ? [way('associated-node', request, asked('associated-node', 'nodes', '*'))] : [];
    return [...own, way('arbitrary-node', request, asked('arbitrary-node', 'nodes', node))];
  }
  if (groups.includes(MASTERS)) return [];
  const about = [
    asked('user-info', 'users', username),
    ...groups.map((group) => asked('user-info', 'groups', group)),
    ...(uid === '' ? [] : [asked('user-info', 'uids', uid)]),
    ...[...extra].flatMap(([key, values]) => values.map((value) => asked('user-info', 'userextras', value, { subresource: key }))),
  ];
  return [way('user-info', request, ...about)];
}

function way(mode: ImpersonationMode, request: Request, ...about: readonly ResourceRequest[]): ConstrainedWay {
  return { mode, requests: [{ ...request, verb: `impersonate-on:${mode}:${request.verb}` }, ...about] };
}

function asked(mode: ImpersonationMode, resource: string, name: string, { namespace = '', subresource = '' } = {}): ResourceRequest {
  return { verb: `impersonate:${mode}`, group: AUTHENTICATION, resource, subresource, name, namespace };
}

/** How somebody comes to make a request as somebody else; `refused`: not at all. What the other may is asked besides, of him. */
export type ActingAs = 'impersonate' | ImpersonationMode | 'refused';

/** `can`: what the caller may. `constrained`: the API server knows it, and it is on. The constrained way is tried first, as the API server does. */
export function actingAs(can: (request: Request) => boolean, impersonation: Impersonation, request: Request, { constrained, ownNode }: { readonly constrained: boolean; readonly ownNode?: string }): ActingAs {
  const ways = constrained ? constrainedWays(impersonation, request, ownNode) : [];
  const found = ways.find(({ requests }) => requests.every(can));
  if (found) return found.mode;
  return impersonationRequests(impersonation).every(can) ? 'impersonate' : 'refused';
}

/** Who the API server then takes the caller for: accounts and nodes have their own groups, whatever the way. */
export function actedAs(impersonation: Impersonation, acting: Exclude<ActingAs, 'refused'>): Identity {
  if (acting !== 'arbitrary-node' && acting !== 'associated-node') return impersonated(impersonation);
  return { user: impersonation.username, groups: ['system:nodes', 'system:authenticated'] };
}
