import type { CollectionPlan } from '../../lambda/model/collection-plan.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';
import type { Console } from '../console.ts';
import { look } from './look.ts';
import { createProgress } from './progress.ts';
import { targetsOf, type SourceOptions } from './targets.ts';

export interface LookedAtAll {
  readonly snapshots: readonly Snapshot[];
  readonly missed: readonly { readonly label: string; readonly reason: string }[];
}

/** Reads every target as an audit does, one after the other, for a question about all of it. What could not be read at all is told on standard error. `plan`: what is kept; absent: what an audit asks. */
export async function lookAtAll(options: Omit<SourceOptions, 'namespace'> & { readonly quiet?: boolean }, io: Console, plan?: CollectionPlan): Promise<LookedAtAll> {
  const targets = await targetsOf(options);
  const progress = createProgress(io, targets.length, options.quiet === true);
  const snapshots: Snapshot[] = [];
  const missed: { label: string; reason: string }[] = [];
  for (const target of targets) {
    const looked = await look(target, { startedAt: io.now().toISOString(), now: io.now, onProgress: (doing) => progress.tell(target.label, doing), ...(plan ? { plan } : {}) });
    progress.done(target.label);
    progress.clear();
    for (const problem of looked.ok ? looked.snapshot.problems : looked.problems) io.note(`eksaminer: ${problem}`);
    if (looked.ok) snapshots.push(looked.snapshot);
    else {
      missed.push({ label: target.label, reason: looked.reason.message });
      io.note(`eksaminer: ${target.label} was not looked at: ${looked.reason.message}`);
    }
  }
  progress.end();
  return { snapshots, missed };
}
