import pMap from 'p-map';
import type { ClusterState } from '../model/cluster-state.ts';
import { STATES } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { fromJsonGzip } from '../storage/stored-json.ts';
import { standingOf, type Standing, type StandingState } from './standing.ts';

/** States that are read at once. */
const CONCURRENCY = 32;

/** Where all clusters of the record stand now, and the accounts that they are in. */
export interface RecordStanding {
  readonly standing: Standing;
  /** How many clusters of each account were looked at, those that are gone left out: one that nobody could look at yet makes no account an old acquaintance. */
  readonly accounts: ReadonlyMap<string, number>;
}

/** Of each state only what is counted is held. */
export async function readStanding(store: ObjectStore): Promise<RecordStanding> {
  const findings = new Map<string, StandingState['findings'][number]>();
  const one = ({ status, severity }: StandingState['findings'][number]): StandingState['findings'][number] => {
    const key = `${status} ${severity}`;
    const known = findings.get(key) ?? { status, severity };
    findings.set(key, known);
    return known;
  };
  const read = async (key: string): Promise<(StandingState & { readonly looked: boolean }) | undefined> => {
    const object = await store.get(key);
    if (!object) return undefined;
    const { cluster, observedAt, gone, unseen, checks, findings: open } = fromJsonGzip(key, object.body) as ClusterState;
    const lost = checks.filter((check) => check.unseen?.lost).map(({ check, unseen: since }) => ({ check, ...(since ? { unseen: since } : {}) }));
    return { cluster, looked: observedAt !== undefined, checks: lost, findings: open.map(one), ...(gone ? { gone } : {}), ...(unseen ? { unseen } : {}) };
  };
  const states = (await pMap(keysOf(store), read, { concurrency: CONCURRENCY })).filter((state) => state !== undefined);
  const accounts = new Map<string, number>();
  for (const { cluster, gone, looked } of states) if (cluster.account !== undefined && !gone) accounts.set(cluster.account, (accounts.get(cluster.account) ?? 0) + (looked ? 1 : 0));
  return { standing: standingOf(states), accounts };
}

async function* keysOf(store: ObjectStore): AsyncGenerator<string> {
  for await (const { key } of store.list(STATES)) yield key;
}
