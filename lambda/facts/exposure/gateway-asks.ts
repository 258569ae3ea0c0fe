import type { Collected } from '../../model/collected.ts';
import type { AllowedNamespaces, CustomObject, GatewayListener, GatewaySpec, ListenerSetSpec, RouteSpec } from '../../model/policy-kinds.ts';
import { objectsOf } from '../as-read.ts';
import { routeBackends } from './route-backends.ts';
import { ROUTE_SOURCES, type RouteSource } from './route-kinds.ts';

type Read = {
  readonly gateways: Collected<readonly CustomObject<GatewaySpec>[]>;
  readonly listenerSets: Collected<readonly CustomObject<ListenerSetSpec>[]>;
} & { readonly [S in RouteSource]: Collected<readonly CustomObject<RouteSpec>[]> };

/**
 * What counts for nothing here, so that it does not matter if it was not read: labels of namespaces where nobody selects by them, ListenerSets where no Gateway takes
 * any, ReferenceGrants where no route leads to another namespace.
 */
export function unaskedByGateways(read: Read): readonly ('namespaces' | 'listenerSets' | 'referenceGrants')[] {
  const { gateways, listenerSets } = read;
  if (!gateways.ok) return [];
  const takesSets = gateways.value.some(({ spec }) => (spec?.allowedListeners?.namespaces?.from ?? 'None') !== 'None');
  const sets = listenerSets.ok ? listenerSets.value : [];
  const selects = gateways.value.some(({ spec }) => isBySelector(spec?.allowedListeners?.namespaces) || areBySelector(spec?.listeners)) || (takesSets && (!listenerSets.ok || sets.some(({ spec }) => areBySelector(spec?.listeners))));
  const leadsAway = ROUTE_SOURCES.some((source) => {
    const routes = read[source];
    return routes.ok && routes.value.some(leadsElsewhere);
  });
  return [...(selects ? [] : (['namespaces'] as const)), ...(takesSets ? [] : (['listenerSets'] as const)), ...(leadsAway ? [] : (['referenceGrants'] as const))];
}

function isBySelector(allowed: AllowedNamespaces | undefined): boolean {
  return allowed?.from === 'Selector';
}

function areBySelector(listeners: readonly GatewayListener[] | undefined): boolean {
  return objectsOf(listeners).some(({ allowedRoutes }) => isBySelector(allowedRoutes?.namespaces));
}

function leadsElsewhere(route: CustomObject<RouteSpec>): boolean {
  return routeBackends(route).some(({ namespace }) => namespace !== undefined && namespace !== route.metadata?.namespace);
}
