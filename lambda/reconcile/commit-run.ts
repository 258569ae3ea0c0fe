import type { SealCounts } from '../model/seal.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { sealRun, type ReconcileOptions } from './seal-run.ts';

/** Which seal committed a run, and how much it told. */
export interface Committed {
  readonly seq: number;
  /** Absent where a version sealed it that did not count. */
  readonly counts?: SealCounts;
}

/**
 * As `reconcile`, for runs of any size: nothing that grows with the organization is answered, or held longer than it is needed. What
 * changed is told by the history that the seal names (`readRows`).
 */
export async function commitRun(store: ObjectStore, run: string, options: ReconcileOptions): Promise<Committed> {
  const { seal } = await sealRun(store, run, options, false);
  return { seq: seal.seq, ...(seal.counts ? { counts: seal.counts } : {}) };
}
