import { createHash, type Hash } from 'node:crypto';
import type { Change, ChangeKind } from '../model/change.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import { compareText } from '../model/compare-text.ts';
import type { AssessmentRow, LookRow } from '../model/history.ts';
import { stagedKey, stateKey } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { stateBody } from '../storage/state-bytes.ts';
import { toJsonLinesGzip } from '../storage/stored-json.ts';
import type { ClusterRows, Commit } from './cluster-rows.ts';
import { fold } from './fold.ts';
import type { StateRecord } from './read-states.ts';
import { stageOnce } from './stage-once.ts';

/** What is needed to draft a part of a commit. */
export interface Desk {
  readonly store: ObjectStore;
  /** `seq` is the number aimed at. If another run takes it, what is drafted holds all the same (`state-bytes.ts`). */
  readonly commit: Commit;
  readonly attempt: string;
  /** Whether rows and states are kept, for who wants to show them all. */
  readonly keep: boolean;
  /** What is left of the memory for bytes that are to be published soon. Shared by all drafts of a run. */
  readonly room: { bytes: number };
}

/** One cluster's part of a commit, packed. A few hundred bytes and its packed rows: there may be ten thousand. */
export interface DraftedCluster {
  readonly id: string;
  /** Sorted by label. */
  readonly looks: readonly LookRow[];
  /** Packed lines, a gzip member each. Absent: there are none. */
  readonly assessments?: Uint8Array;
  readonly changes?: Uint8Array;
  readonly kinds: readonly ChangeKind[];
  /** Absent: the state stays as it is. */
  readonly state?: DraftedState;
  readonly kept?: KeptCluster;
}

/** A state that lies staged. */
export interface DraftedState {
  readonly key: string;
  readonly staged: string;
  /** Staged bytes. */
  readonly size: number;
  /** Of the staged bytes, not ended: the number is yet to come. */
  readonly hash: Hash;
  /** The staged bytes, where there was room to hold them: they need not be read again to be published. */
  readonly body?: Uint8Array;
  /** Of the state that this one replaces. Absent: there was none. */
  readonly replaces?: string;
  readonly observedAt?: string;
}

export interface KeptCluster {
  readonly rows: readonly ClusterRows[];
  readonly before?: ClusterState;
}

/** Stages the state that follows from these rows, and packs the rows. */
export async function draftCluster(desk: Desk, id: string, given: readonly ClusterRows[], found: StateRecord | undefined): Promise<DraftedCluster> {
  const before = found?.state;
  const rows = [...given].sort((a, b) => compareText(a.look.label, b.look.label));
  let after = before;
  for (const row of rows) after = fold(after, row);
  const state = after && after !== before ? await draftState(desk, id, after, found?.etag) : undefined;
  const changes = rows.flatMap((row) => row.changes);
  const assessments = rows.flatMap((row) => row.assessments);
  return {
    id,
    looks: rows.map(({ look }) => look),
    ...(assessments.length > 0 ? { assessments: packRows(assessments) } : {}),
    ...(changes.length > 0 ? { changes: packRows(changes) } : {}),
    kinds: changes.map(({ kind }) => kind),
    ...(state ? { state } : {}),
    ...(desk.keep ? { kept: { rows, ...(before ? { before } : {}) } } : {}),
  };
}

async function draftState({ store, commit, attempt, room }: Desk, id: string, state: ClusterState, replaces: string | undefined): Promise<DraftedState> {
  const key = stateKey(id);
  const body = stateBody(state);
  const staged = stagedKey(commit.run, attempt, commit.seq, key);
  await stageOnce(store, staged, body, attempt);
  const held = room.bytes >= body.byteLength;
  if (held) room.bytes -= body.byteLength;
  return {
    ...{ key, staged, size: body.byteLength, hash: createHash('sha256').update(body) },
    ...(held ? { body } : {}),
    ...(replaces === undefined ? {} : { replaces }),
    ...(state.observedAt === undefined ? {} : { observedAt: state.observedAt }),
  };
}

/** Rows are stored without the number of their seal: their object's name has it, and so has the run's row in the coverage. */
function packRows(rows: readonly (Change | AssessmentRow)[]): Uint8Array {
  return toJsonLinesGzip(rows.map(({ seq: _, ...row }) => row));
}
