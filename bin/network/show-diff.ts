import { createFactResolver } from '../../lambda/facts/derive.ts';
import { reachDiff, type DiffSide } from '../../lambda/facts/network/reach/reach-diff.ts';
import { reachDiffDocument } from '../../lambda/report/json/reach-diff-document.ts';
import { isUnsure, type LookedAt, type ReachDiffAnswer } from '../../lambda/report/reach-diff-answer.ts';
import { reachDiffReport } from '../../lambda/report/terminal/reach-diff-report.ts';
import { isUlid } from '../../lambda/storage/ulid.ts';
import { lookAtAll } from '../audit/look-at-all.ts';
import type { ReachOptions } from '../commands/reach.ts';
import { columnsOf, itemsThatFit, type Console } from '../console.ts';
import { LIVE_PLAN } from './live-plan.ts';
import { UsageError } from '../usage-error.ts';

/** `eksaminer reach --diff`. Exit 2 where a side was not looked at, or something is not known as policies are written. */
export async function showDiff(options: ReachOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const [before, after, ...more] = options.diff ?? [];
  if (before === undefined || after === undefined || more.length > 0) throw new UsageError('--diff takes two captures: the earlier one, then the later one');
  for (const asked of [before, after]) {
    if (isUlid(asked.toUpperCase())) throw new UsageError(`${asked} is a run: the record keeps what runs found, not what they read, so that who reached whom then cannot be told. Make captures (eksaminer capture) and give two of them; what each run measured: eksaminer reach --history`);
  }
  const sides = [await lookAt(before, options, io), await lookAt(after, options, io)] as const;
  const [one, other] = [sides[0].side, sides[1].side];
  const answer: ReachDiffAnswer = { before: sides[0].looked, after: sides[1].looked, ...(one && other ? { diff: reachDiff(one, other) } : {}) };
  settle(isUnsure(answer) ? 2 : 0);
  if (options.output === 'json') return io.out(reachDiffDocument(answer));
  await io.out(reachDiffReport(answer, { width: columnsOf(io), colour: io.colour, rows: options.all ? Infinity : itemsThatFit(io) }));
}

/** `side`: absent where what a comparison needs was not read. */
async function lookAt(path: string, { quiet }: ReachOptions, io: Console): Promise<{ readonly looked: LookedAt; readonly side?: DiffSide }> {
  const { snapshots, missed } = await lookAtAll({ from: [path], ...(quiet === undefined ? {} : { quiet }) }, io, LIVE_PLAN);
  const [snapshot] = snapshots;
  if (!snapshot) return { looked: { name: path, unread: [], missed: missed[0]?.reason ?? 'nothing was read' } };
  const resolver = createFactResolver(snapshot);
  const ends = resolver.fact('reachEnds');
  const { cluster, observedAt } = snapshot;
  const looked = { name: path, cluster, observedAt, unread: ends.unread };
  if (!ends.ok) return { looked };
  return { looked, side: { ends: ends.value, enforcement: resolver.fact('policyEnforcement'), unread: new Set(ends.unread.map(({ source }) => source)) } };
}
