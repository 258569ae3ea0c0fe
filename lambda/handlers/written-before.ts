import type { DiscoverResult } from '../contract.ts';
import { runKeys } from '../storage/layout.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { fromJsonLines } from '../storage/stored-json.ts';

/**
 * What an earlier `discover` of this run wrote. The scope comes last: where it is, all is there. Written anew, it would take seals of after the
 * run's begin for those of before, and the run could seal twice.
 */
export async function writtenBefore(store: ObjectStore, run: string): Promise<DiscoverResult | undefined> {
  if (!(await store.get(runKeys.scope(run)))) return undefined;
  const targetsKey = runKeys.targets(run);
  const targets = await store.get(targetsKey);
  return { run, targets: targets ? fromJsonLines(targetsKey, targets.body).length : 0, targetsKey };
}
