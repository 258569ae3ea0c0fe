import { assess } from '../../lambda/assess/assess.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { rightsDiffDocument } from '../../lambda/report/json/rights-diff-document.ts';
import { diffRights } from '../../lambda/report/rights-diff/diff-rights.ts';
import { isAboutRights } from '../../lambda/report/rights-diff/rights-checks.ts';
import type { RightsDiffAnswer } from '../../lambda/report/rights-diff/rights-diff-answer.ts';
import { sideOfAssessment, sideOfState, type RightsSide } from '../../lambda/report/rights-diff/rights-side.ts';
import { rightsDiffReport } from '../../lambda/report/terminal/rights-diff-report.ts';
import { lookAtAll } from '../audit/look-at-all.ts';
import { columnsOf, itemsThatFit, type Console } from '../console.ts';
import { openExistingStore } from '../open-store.ts';
import { recordedAt, statesAt } from '../rights-diff/states-at.ts';
import { UsageError } from '../usage-error.ts';

export interface RightsDiffOptions {
  readonly diff?: readonly string[];
  readonly store?: string;
  readonly cluster?: readonly string[];
  readonly output: 'table' | 'json';
  readonly all?: boolean;
  readonly quiet?: boolean;
}

/** `eksaminer rights --diff`. Exit 2 where a side was not looked at, or what was not read there could change the answer. */
export async function rights(options: RightsDiffOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const [before, after, ...more] = options.diff ?? [];
  if (before === undefined || after === undefined || more.length > 0) throw new UsageError('--diff takes two: captures, or with --store runs of the record (ids or days)');
  if (options.store === undefined && options.cluster) throw new UsageError('--cluster has no meaning between two captures; give it with --store');
  const answer = options.store === undefined ? await ofCaptures(before, after, options, io) : await ofRuns(before, after, options.store, options.cluster);
  for (const { label, reason } of options.store === undefined ? [] : answer.missed) io.note(`eksaminer: ${label}: ${reason}`);
  settle(answer.missed.length > 0 || answer.clusters.some(({ blind, changes }) => blind.length > 0 || changes.some(({ reason }) => reason !== undefined)) ? 2 : 0);
  if (options.output === 'json') return io.out(rightsDiffDocument(answer));
  await io.out(rightsDiffReport(answer, { width: columnsOf(io), colour: io.colour, rows: options.all ? Infinity : itemsThatFit(io) }));
}

const ABOUT_RIGHTS = CHECKS.filter(isAboutRights);

async function ofCaptures(before: string, after: string, { quiet }: RightsDiffOptions, io: Console): Promise<RightsDiffAnswer> {
  const sides = [];
  const missed = [];
  for (const path of [before, after]) {
    const looked = await lookAtAll({ from: [path], ...(quiet === undefined ? {} : { quiet }) }, io);
    sides.push(...looked.snapshots.map((snapshot) => sideOfAssessment(assess(snapshot, ABOUT_RIGHTS))));
    missed.push(...looked.missed);
  }
  const [then, now] = sides;
  return { before, after, clusters: then && now ? [diffRights(then, now)] : [], missed };
}

/** Runs need not look at every cluster: what the record says of one is then what an earlier look said. What that one could not see has its own reason. */
function unseenSince(side: RightsSide): RightsSide {
  const reason = 'it was not looked at between these runs';
  return { ...side, blind: new Map([...[...side.revisions.keys()].map((check) => [check, { reason }] as const), ...side.blind]) };
}

const IDS: ReadonlySet<string> = new Set(ABOUT_RIGHTS.map(({ id }) => id));

async function ofRuns(before: string, after: string, directory: string, asked: readonly string[] | undefined): Promise<RightsDiffAnswer> {
  const store = await openExistingStore(directory);
  const [then, now] = [await recordedAt(store, before), await recordedAt(store, after)];
  if (then.seq > now.seq) throw new UsageError(`${before} is later than ${after}: the earlier one comes first`);
  const [were, are] = [await statesAt(store, then), await statesAt(store, now)];
  const wanted = [...new Set([...were.values(), ...are.values()].map(({ cluster }) => cluster.id))].sort().filter((id) => {
    const { label, arn, name } = (are.get(id) ?? were.get(id))!.cluster;
    return asked === undefined || [id, label, arn, name].some((word) => word !== undefined && asked.includes(word));
  });
  if (asked && wanted.length === 0) throw new UsageError(`--cluster ${asked.join(', ')}: neither run knows such a cluster`);
  const missed: { label: string; reason: string }[] = [];
  const clusters = wanted.flatMap((id) => {
    const [had, has] = [were.get(id), are.get(id)];
    const [one, other] = [had && sideOfState(had, IDS), has && sideOfState(has, IDS)];
    if (one && other) return [diffRights(one, then.seq !== now.seq && one.observedAt === other.observedAt ? unseenSince(other) : other)];
    const { label } = (has ?? had)!.cluster;
    if (has?.gone) missed.push({ label, reason: `it did not exist any more in ${now.words}` });
    else missed.push({ label, reason: `it had not been looked at in ${one ? now.words : then.words}: who held what then is not known` });
    return [];
  });
  return { before: then.words, after: now.words, clusters, missed };
}
