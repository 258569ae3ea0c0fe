import type { ObjectStore } from '../storage/object-store.ts';
import { reconcile, type ReconcileOptions } from './reconcile.ts';

/** Which seal committed a run. */
export interface Committed {
  readonly seq: number;
}

/**
 * As `reconcile`, for runs of any size: nothing that grows with the organization is answered, or held. What changed is told by the
 * history that the seal names (`readRows`).
 */
export async function commitRun(store: ObjectStore, run: string, options: ReconcileOptions): Promise<Committed> {
  const { seq } = await reconcile(store, run, options);
  return { seq };
}
