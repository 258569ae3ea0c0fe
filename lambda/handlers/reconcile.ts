import type { ReconcileEvent, ReconcileResult } from '../contract.ts';
import { commitRun } from '../reconcile/commit-run.ts';
import { readSeal } from '../reconcile/newest-seal.ts';
import { readRows } from '../reconcile/read-rows.ts';
import { newUlid } from '../storage/ulid.ts';
import { record } from './record.ts';
import { count, logger } from './watching.ts';

const store = record();

/** Compares what a run saw with what is known, and seals the difference. Run again, it finds the seal and answers the same. */
export async function handler({ run }: ReconcileEvent): Promise<ReconcileResult> {
  logger.appendKeys({ run });
  const { seq } = await commitRun(store, run, { attempt: newUlid(new Date()), now: () => new Date() });
  // From here on the run is in the record: what fails now must not keep it from being told.
  count({ sealed: 1 });
  await countClusters(seq).catch((error: unknown) => logger.warn('the clusters of the run were not counted', error as Error));
  logger.info('sealed', { seq });
  return { seq };
}

async function countClusters(seq: number): Promise<void> {
  let audited = 0;
  let missed = 0;
  for await (const { result } of readRows(store, (await readSeal(store, seq)).seal, 'coverage')) {
    if (result === 'audited') audited++;
    if (result === 'missed') missed++;
  }
  count({ audited, missed });
}
