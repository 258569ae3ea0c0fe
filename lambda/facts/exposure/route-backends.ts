import type { CustomObject, RouteBackendRef, RouteSpec } from '../../model/policy-kinds.ts';
import { objectsOf } from '../as-read.ts';

/** What the rules of a route send to. */
export function routeBackends({ spec }: CustomObject<RouteSpec>): readonly RouteBackendRef[] {
  return objectsOf(spec?.rules).flatMap((rule) => objectsOf(rule.backendRefs));
}
