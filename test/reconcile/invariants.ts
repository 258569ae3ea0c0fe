import { expect } from '@jest/globals';
import type { Change } from '../../lambda/model/change.ts';
import type { Seal } from '../../lambda/model/seal.ts';
import type { ClusterRows } from '../../lambda/reconcile/cluster-rows.ts';
import { fold } from '../../lambda/reconcile/fold.ts';
import { readCommit } from '../../lambda/reconcile/read-history.ts';
import { hashOfKeys } from '../../lambda/reconcile/recover.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { seqOfSealKey, stateKey } from '../../lambda/storage/layout.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { toStateBytes, withSeq } from '../../lambda/storage/state-bytes.ts';
import { fromJson, sha256 } from '../../lambda/storage/stored-json.ts';

/**
 * What must hold of a store in which nothing is left to recover: the chain of seals is whole, every run is in it once, history and
 * seals name each other exactly, no look counted that was not newer than what was known, and every state is the fold of its history,
 * byte for byte.
 */
export async function assertInvariants(store: ObjectStore): Promise<void> {
  const seals = await sealsOf(store);
  const sealed = new Set<string>();
  const states = new Map<string, ClusterState>();
  let previous: string | undefined;
  for (const [index, { seal, hash }] of seals.entries()) {
    expect(seal.seq).toBe(index + 1);
    expect(seal.previous).toBe(previous);
    previous = hash;
    for (const { key, staged, sha256: committed, size, ending } of seal.objects) {
      const { body } = (await store.get(staged))!;
      const whole = ending ? withSeq(body, seal.seq) : body;
      expect({ sha256: sha256(whole), size: whole.byteLength }).toEqual({ sha256: committed, size });
      if (!key.startsWith('history/')) continue;
      expect(sealed.has(key)).toBe(false);
      sealed.add(key);
      expect(sha256((await store.get(key))!.body)).toBe(committed);
    }
    for await (const rows of readCommit(store, seal)) foldInto(states, rows, seal);
    expect(hashOfKeys([...states.keys()].map(stateKey).sort())).toBe(seal.stateKeys);
  }
  expect(new Set(seals.map(({ seal }) => seal.run)).size).toBe(seals.length);
  expect((await keysUnder(store, 'history/')).filter((key) => !sealed.has(key))).toEqual([]);
  expect(await keysUnder(store, 'state/')).toEqual([...states.keys()].map(stateKey).sort());
  for (const [id, state] of states) expect(Buffer.compare((await store.get(stateKey(id)))!.body, toStateBytes(state))).toBe(0);
}

function foldInto(states: Map<string, ClusterState>, rows: ClusterRows, seal: Seal): void {
  const { look, assessments, changes } = rows;
  for (const row of [look, ...assessments, ...changes]) expect({ run: row.run, seq: row.seq }).toEqual({ run: seal.run, seq: seal.seq });
  const id = look.cluster?.id;
  if (id === undefined) return;
  const before = states.get(id);
  if (before?.observedAt !== undefined && look.result !== 'superseded') expect(look.observedAt > before.observedAt).toBe(true);
  for (const change of changes) if (change.origin !== 'cluster-gone') assertFollows(look.baseline ? undefined : before, change);
  const after = fold(before, rows);
  if (after) states.set(id, after);
}

/** A change follows from what was there: nothing opens twice, nothing closes that is not open, nothing gets worse from what it was not. */
function assertFollows(before: ClusterState | undefined, change: Change): void {
  if (!('finding' in change)) {
    if (change.kind === 'lost-sight' && !change.checks) expect(before?.unseen).toBeUndefined();
    for (const check of change.checks ?? []) {
      const lost = before?.checks.find((row) => row.check === check)?.unseen?.lost;
      expect({ check, lost }).toEqual({ check, lost: change.kind === 'regained-sight' ? true : undefined });
    }
    return;
  }
  const { fingerprint } = change.finding;
  const open = before?.findings.find((finding) => finding.fingerprint === fingerprint);
  const closed = before?.resolved.some((row) => row.fingerprint === fingerprint) ?? false;
  const wasClosed = change.kind === 'reopened' || (change.kind === 'narrowed' && closed);
  expect({ kind: change.kind, open: open !== undefined, closed }).toEqual({ kind: change.kind, open: !['opened', 'reopened', 'narrowed'].includes(change.kind), closed: wasClosed });
  if (change.was !== undefined) expect(change.was).toBe(open!.severity);
}

export async function sealsOf(store: ObjectStore): Promise<{ readonly seal: Seal; readonly hash: string }[]> {
  const seals: { seal: Seal; hash: string }[] = [];
  for (const key of await keysUnder(store, 'seals/')) {
    expect(seqOfSealKey(key)).toBeDefined();
    const { body } = (await store.get(key))!;
    seals.push({ seal: fromJson(key, body) as Seal, hash: sha256(body) });
  }
  return seals;
}

export async function keysUnder(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}
