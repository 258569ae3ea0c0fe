import { compareText } from '../model/compare-text.ts';
import type { LookRow } from '../model/history.ts';
import type { Seal, SealCounts, SealedObject } from '../model/seal.ts';
import { inParallel } from '../storage/in-parallel.ts';
import { historyKey, stagedKey, type HistoryKind } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { stateEnding } from '../storage/state-bytes.ts';
import { sha256, toJsonLinesGzip } from '../storage/stored-json.ts';
import type { ClusterRows, Commit } from './cluster-rows.ts';
import type { DraftedCluster, DraftedState } from './draft-cluster.ts';
import type { RunDraft } from './draft-run.ts';
import type { Held } from './publish.ts';
import { hashOfKeys, type Recovered } from './recover.ts';
import { stageOnce } from './stage-once.ts';

/** What a seal needs besides what it commits. */
export interface SealFrame extends Commit {
  readonly attempt: string;
  readonly sealedAt: string;
  readonly scope: string;
}

export interface StagedSeal {
  readonly seal: Seal;
  /** What is at hand of it, for who publishes at once. */
  readonly held: Held;
}

/**
 * Stages the history under this number, and gives the seal that would commit the draft. The states lie staged already: all that is
 * done here is done again for every number that is tried, and must be short.
 */
export async function stageSeal(store: ObjectStore, draft: RunDraft, { newest, stateKeys }: Recovered, frame: SealFrame): Promise<StagedSeal> {
  const { run, seq, attempt } = frame;
  const clusters = clustersOf(draft);
  const looks = looksOf(clusters, draft.rows, frame);
  const objects: SealedObject[] = [];
  const history = new Map<string, Uint8Array>();
  for (const [kind, body] of Object.entries(packHistory(clusters, looks)) as [HistoryKind, Uint8Array | undefined][]) {
    if (!body) continue;
    const key = historyKey(kind, seq, run);
    history.set(key, body);
    objects.push({ key, staged: stagedKey(run, attempt, seq, key), sha256: sha256(body), size: body.byteLength });
  }
  await inParallel(objects, ({ key, staged }) => stageOnce(store, staged, history.get(key)!, attempt));
  const states = clusters.flatMap(({ state }) => (state ? [state] : []));
  const ending = stateEnding(seq);
  for (const state of states) objects.push(sealedState(state, ending));
  const newestLook = latestOf([newest?.seal.newestLook, ...states.map(({ observedAt }) => observedAt)]);
  const seal: Seal = {
    schemaVersion: 1,
    ...frame,
    ...(newest ? { previous: newest.hash } : {}),
    objects: objects.sort((a, b) => compareText(a.key, b.key)),
    stateKeys: hashOfKeys([...new Set([...stateKeys, ...states.map(({ key }) => key)])].sort()),
    ...(newestLook === undefined ? {} : { newestLook }),
    counts: countsOf(clusters, looks),
  };
  return { seal, held: { history, states: new Map(states.map((state) => [state.key, state])) } };
}

/** Sorted by id. */
function clustersOf({ looked, absent }: RunDraft): DraftedCluster[] {
  return [...looked.values(), ...absent.values()].map(({ drafted }) => drafted).sort((a, b) => compareText(a.id, b.id));
}

/** Sorted by cluster id, then label; now that the number is known, with it. */
function looksOf(clusters: readonly DraftedCluster[], rows: readonly ClusterRows[], { run, seq }: Commit): LookRow[] {
  return [...clusters.flatMap(({ looks }) => looks), ...rows.map(({ look }) => look)]
    .sort((a, b) => compareText(a.cluster?.id ?? '', b.cluster?.id ?? '') || compareText(a.label, b.label))
    .map((look) => withNumber(look, { run, seq }));
}

/** A row as this commit has it: what it was drafted for may have been another number. */
export function withNumber<T extends LookRow | Pick<LookRow, 'seq'>>(row: T, { run, seq }: Commit): T {
  if (!('by' in row) || row.by?.run !== run) return { ...row, seq };
  return { ...row, seq, by: { ...row.by, seq } };
}

/** Members one after the other are one gzip file. The rows of assessments and changes follow the order of the rows of coverage. */
function packHistory(clusters: readonly DraftedCluster[], looks: readonly LookRow[]): Record<HistoryKind, Uint8Array | undefined> {
  const join = (members: readonly (Uint8Array | undefined)[]): Uint8Array | undefined => {
    const there = members.filter((member) => member !== undefined);
    return there.length > 0 ? Buffer.concat(there) : undefined;
  };
  return {
    assessments: join(clusters.map(({ assessments }) => assessments)),
    changes: join(clusters.map(({ changes }) => changes)),
    coverage: looks.length > 0 ? toJsonLinesGzip(looks) : undefined,
  };
}

function sealedState({ key, staged, size, hash }: DraftedState, ending: Uint8Array): SealedObject {
  return { key, staged, sha256: hash.copy().update(ending).digest('hex'), size: size + ending.byteLength, ending: 'seq' };
}

function latestOf(moments: readonly (string | undefined)[]): string | undefined {
  let latest: string | undefined;
  for (const moment of moments) if (moment !== undefined && (latest === undefined || moment > latest)) latest = moment;
  return latest;
}

function countsOf(clusters: readonly DraftedCluster[], looks: readonly LookRow[]): SealCounts {
  return { looks: countOf(looks.map(({ result }) => result)), changes: countOf(clusters.flatMap(({ kinds }) => kinds)) };
}

function countOf<K extends string>(kinds: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
