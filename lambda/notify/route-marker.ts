import { announcedKeys, seqOfMarkerKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce, replaceOnce } from '../storage/put-once.ts';
import { fromJson, sha256, toJson } from '../storage/stored-json.ts';

/** `announced/<route>/<from>.json`: the seals of one message, or of one look that found no news. There is never more than one claim. */
interface RouteMarker {
  readonly schemaVersion: 1;
  readonly from: number;
  readonly to: number;
  /** `claimed`: somebody is telling them, or died over it; else what became of it. */
  readonly status: 'claimed' | 'told' | 'quiet';
  /** Who: of each try its own. */
  readonly by: string;
  /** When the claim was made, or it was done. UTC, ISO 8601. */
  readonly at: string;
  /** With `claimed`: until when nobody else takes it over. */
  readonly expires?: string;
}

/** What a route is to be told next. */
export type Turn =
  | { readonly state: 'done'; readonly seq: number }
  | { readonly state: 'busy'; readonly seq: number }
  /** `over`: the tag of a claim that was left behind, whose message is sent again as it was meant. */
  | { readonly state: 'open'; readonly from: number; readonly to: number; readonly over?: string };

/** A turn that is ours. */
export interface Claim {
  readonly from: number;
  readonly to: number;
  /** It is told, or there was nothing to tell. False: it took so long that somebody else has taken it over. */
  complete(status: 'told' | 'quiet'): Promise<boolean>;
  /** It was not told: the next one need not wait. */
  release(): Promise<void>;
}

/** Markers that are listed before all are: one a run, so the newest lies close to the newest seal. */
const NEAR = 1_000;
/** Seals of one message. A route that slept for longer gets several. */
const MOST_SEALS = 500;

/** `start`: what the route is not told of; `newest`: the newest seal that may be told. */
export async function nextTurn(store: ObjectStore, route: string, start: number, newest: number, now: Date): Promise<Turn> {
  const found = await newestMarker(store, route, newest);
  if (found && found.marker.status === 'claimed') {
    const { from, to, expires = '' } = found.marker;
    if (expires > now.toISOString()) return { state: 'busy', seq: from - 1 };
    // The same seals: if the message did go out, what comes after is news against it.
    return { state: 'open', from, to, over: found.etag };
  }
  const told = Math.max(start, found?.marker.to ?? 0);
  return told >= newest ? { state: 'done', seq: told } : { state: 'open', from: told + 1, to: Math.min(newest, told + MOST_SEALS) };
}

/** Undefined: somebody else was quicker. `by` is this try's own. */
export async function claimTurn(store: ObjectStore, route: string, { from, to, over }: Extract<Turn, { state: 'open' }>, by: string, now: () => Date, lease: number): Promise<Claim | undefined> {
  const key = announcedKeys.marker(route, from);
  const frame = { schemaVersion: 1, from, to, by } as const;
  const at = now();
  const claim = toJson({ ...frame, status: 'claimed', at: at.toISOString(), expires: new Date(at.getTime() + lease).toISOString() } satisfies RouteMarker);
  if (!(await (over === undefined ? putOnce(store, key, claim) : replaceOnce(store, key, claim, over)))) return undefined;
  const follow = async (next: RouteMarker): Promise<boolean> => {
    const there = await store.get(key);
    // Ours, and not another's who thought that we were dead.
    if (!there || sha256(there.body) !== sha256(claim)) return false;
    return replaceOnce(store, key, toJson(next), there.etag);
  };
  return {
    from,
    to,
    complete: (status) => follow({ ...frame, status, at: now().toISOString() }),
    async release() {
      const moment = now().toISOString();
      await follow({ ...frame, status: 'claimed', at: moment, expires: moment });
    },
  };
}

async function newestMarker(store: ObjectStore, route: string, newest: number): Promise<{ readonly marker: RouteMarker; readonly etag: string } | undefined> {
  const key = (newest > NEAR ? await lastKey(store, route, announcedKeys.marker(route, newest - NEAR)) : undefined) ?? (await lastKey(store, route));
  if (key === undefined) return undefined;
  const object = await store.get(key);
  if (!object) throw new Error(`${key} was listed and is not there: nothing may delete under announced/`);
  return { marker: fromJson(key, object.body) as RouteMarker, etag: object.etag };
}

async function lastKey(store: ObjectStore, route: string, startAfter?: string): Promise<string | undefined> {
  let last: string | undefined;
  for await (const { key } of store.list(announcedKeys.route(route), startAfter === undefined ? {} : { startAfter })) {
    if (seqOfMarkerKey(key) !== undefined) last = key;
  }
  return last;
}
