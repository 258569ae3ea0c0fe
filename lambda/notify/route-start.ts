import type { RouteSetting } from '../contract.ts';
import { newestSeq } from '../reconcile/newest-seal.ts';
import { announcedKeys } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce } from '../storage/put-once.ts';
import { fromJson, toJson } from '../storage/stored-json.ts';

/** One part of a key, and one only. */
const ROUTE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Where a route begins: `announced/<route>/start.json`. */
interface RouteStart {
  readonly schemaVersion: 1;
  /** The newest seal when the route was seen first: that and what came before is past. */
  readonly seq: number;
}

/**
 * Remembers where routes that were never seen before begin. `discover` does it when a run begins, so that a new route is told of that
 * very run: of the baseline, where it is the first. `announce` does it for those that came while the run was under way.
 */
export async function startRoutes(store: ObjectStore, routes: readonly Pick<RouteSetting, 'name'>[]): Promise<void> {
  for (const { name } of routes) await startOf(store, name);
}

/** The newest seal that the route is not told of. Writes it down at first sight. */
export async function startOf(store: ObjectStore, route: string): Promise<number> {
  if (!ROUTE_NAME.test(route)) throw new Error(`route ${JSON.stringify(route)}: what was told is kept under its name, which therefore is letters, digits, "_" and "-", 64 of them at most`);
  const key = announcedKeys.start(route);
  const known = await store.get(key);
  if (known) return (fromJson(key, known.body) as RouteStart).seq;
  const start: RouteStart = { schemaVersion: 1, seq: await newestSeq(store) };
  if (await putOnce(store, key, toJson(start))) return start.seq;
  return (fromJson(key, (await store.get(key))!.body) as RouteStart).seq;
}
