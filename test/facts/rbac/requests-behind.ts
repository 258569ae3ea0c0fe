import type { Ask } from '../../../lambda/facts/rbac/ask.ts';
import { ASKS } from '../../../lambda/facts/rbac/ask-table.ts';
import { REQUEST_ASKS, asking, requestsOf, type RequestAskName } from '../../../lambda/facts/rbac/asks.ts';
import type { ResourceRequest } from '../../../lambda/facts/rbac/authorizer/request.ts';
import { powerDefinition, type Power } from '../../../lambda/facts/rbac/powers.ts';

const ASK_NAMES = Object.keys(ASKS) as readonly RequestAskName[];

/** Pairs of asks that make a power only when requests of both are about one object. */
const SAME_OBJECT: readonly (readonly [RequestAskName, RequestAskName])[] = [
  ['escalateSomeRole', 'changeSomeRole'],
  ['escalateSomeClusterRole', 'changeSomeClusterRole'],
];

/** What is asked of a server or an engine. */
export type Allowed = (request: ResourceRequest) => boolean;

/** Each way to a power by requests: asks all of which must be answered. */
export function waysTo(power: Power): readonly (readonly RequestAskName[])[] {
  const byRequests = powerDefinition(power).anyOf.filter((needed) => (needed & ~REQUEST_ASKS) === 0n);
  return byRequests.map((needed) => ASK_NAMES.filter((name) => (needed & asking(name)) !== 0n));
}

/**
 * The requests any of which answers an ask in a scope, as the API server would make them, with these names for objects that may have any. None: nothing
 * in this scope has a part in it. `elsewhere`: namespaces that have accounts.
 */
export function requestsBehind(name: RequestAskName, namespace: string | undefined, names: readonly string[], elsewhere: readonly string[]): readonly ResourceRequest[] {
  // A signer belongs to no namespace, whose requests it signs may.
  if (name === 'signForSigner' && namespace !== undefined) return requestsBehind(name, undefined, names, elsewhere);
  const { where, names: of }: Ask = ASKS[name];
  if (of === 'own' && namespace === undefined) return [];
  if (where === 'cluster' && namespace !== undefined) return [];
  if (where !== 'anywhere' && where !== 'cluster' && namespace !== undefined && namespace !== where) return [];
  // Who acts as an account to be in system:masters may take one of any namespace.
  const places = name === 'impersonateSomeAccount' && namespace === undefined ? ['', ...elsewhere] : [namespace ?? ''];
  return [...requestsOf(name, of === 'own' ? [namespace!] : names)].flatMap((request) => places.map((place) => ({ ...request, namespace: place })));
}

/** Whether the requests behind one way to a power are allowed: one of each ask, and of a pair for one object. */
export function wayIsOpen(way: readonly RequestAskName[], requestsOfAsk: (name: RequestAskName) => readonly ResourceRequest[], allowed: Allowed): boolean {
  const pair = SAME_OBJECT.find(([one]) => way.includes(one));
  if (!pair) return way.every((name) => requestsOfAsk(name).some(allowed));
  const [one, other] = pair.map((name) => new Set(requestsOfAsk(name).filter(allowed).map((request) => request.name)));
  return [...one!].some((name) => other!.has(name));
}
