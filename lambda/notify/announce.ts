import type { RouteSetting } from '../contract.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { AnnounceOptions, AnnounceResult } from './announce-result.ts';

export type { AnnounceOptions, AnnounceResult, RouteOutcome } from './announce-result.ts';
export { startRoutes } from './route-start.ts';

/** Tells every route what was sealed since it was told last. */
export async function announce(_store: ObjectStore, _routes: readonly RouteSetting[], _options: AnnounceOptions): Promise<AnnounceResult> {
  return Promise.resolve({ routes: [] });
}
