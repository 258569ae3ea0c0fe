import type { ReconcileEvent, ReconcileResult } from '../contract.ts';
import { commitRun } from '../reconcile/commit-run.ts';
import { newUlid } from '../storage/ulid.ts';
import { record } from './record.ts';
import { count, logger } from './watching.ts';

const store = record();

/** Compares what a run saw with what is known, and seals the difference. Run again, it finds the seal and answers the same. */
export async function handler({ run }: ReconcileEvent): Promise<ReconcileResult> {
  logger.appendKeys({ run });
  const { seq, counts } = await commitRun(store, run, { attempt: newUlid(new Date()), now: () => new Date() });
  const { audited = 0, missed = 0 } = counts?.looks ?? {};
  count({ sealed: 1, audited, missed });
  logger.info('sealed', { seq, ...counts });
  return { seq };
}
