import type { ChangeKind } from './change.ts';
import type { LookRow } from './history.ts';

/** An object that a seal commits: what is to lie at `key`, and where its bytes were staged. */
export interface SealedObject {
  readonly key: string;
  readonly staged: string;
  /** SHA-256, in hex, of what is to lie at `key`. */
  readonly sha256: string;
  /** Its bytes. */
  readonly size: number;
  /** What is to lie there are the staged bytes and then the number of this seal (`state-bytes.ts`). Absent: the staged bytes. */
  readonly ending?: 'seq';
}

/** How much a run told, by kind. */
export interface SealCounts {
  readonly looks: Readonly<Partial<Record<LookRow['result'], number>>>;
  readonly changes: Readonly<Partial<Record<ChangeKind, number>>>;
}

/** The commit record of a reconciled run: `seals/<seq>.json`. Each holds the hash of the one before it. */
export interface Seal {
  readonly schemaVersion: 1;
  readonly seq: number;
  readonly run: string;
  readonly attempt: string;
  readonly sealedAt: string;
  /** SHA-256 of the run's scope.json. */
  readonly scope: string;
  /** SHA-256 of the previous seal's bytes; absent in the first. */
  readonly previous?: string;
  /** Sorted by key. */
  readonly objects: readonly SealedObject[];
  /** SHA-256 of the sorted list of state keys after this seal, a line each: a state that was lost is noticed. */
  readonly stateKeys: string;
  /** The newest look that the record knows after this seal. A clock behind it is not to be trusted. Absent: there was none yet. */
  readonly newestLook?: string;
  /** Absent in seals of before there were any. */
  readonly counts?: SealCounts;
}
