import { createFactResolver } from '../../lambda/facts/derive.ts';
import { answerReach } from '../../lambda/facts/network/reach/answer-reach.ts';
import { liveEndsOf } from '../../lambda/facts/network/reach/live-ends.ts';
import type { ReachQuestion } from '../../lambda/facts/network/reach/reach-answer.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';
import { reachDocument } from '../../lambda/report/json/reach-document.ts';
import type { ReachOfCluster } from '../../lambda/report/reach-of-cluster.ts';
import { reachReport } from '../../lambda/report/terminal/reach-report.ts';
import { lookAtAll } from '../audit/look-at-all.ts';
import type { SourceOptions } from '../audit/targets.ts';
import { columnsOf, itemsThatFit, type Console } from '../console.ts';
import { LIVE_PLAN } from '../network/live-plan.ts';
import { showDiff } from '../network/show-diff.ts';
import { showMatrix } from '../network/show-matrix.ts';
import { showHistory } from '../network/show-history.ts';
import { askedEnd, askedPort } from '../network/reach-question.ts';
import { UsageError } from '../usage-error.ts';

export interface ReachOptions extends Omit<SourceOptions, 'namespace'> {
  readonly port?: string;
  readonly matrix?: boolean;
  readonly diff?: readonly string[];
  readonly history?: boolean;
  /** With `history`. */
  readonly store?: string;
  readonly cluster?: readonly string[];
  readonly output: 'table' | 'json';
  readonly all?: boolean;
  readonly quiet?: boolean;
}

/** `eksaminer reach`. Exit 2 where a cluster was not looked at, an end is not there, or what was not read could change the answer. */
export async function reach(from: string | undefined, to: string | undefined, options: ReachOptions, io: Console, settle: (code: number) => void): Promise<void> {
  refuseMixed(from, options);
  if (options.matrix) return showMatrix(options, io, settle);
  if (options.diff) return showDiff(options, io, settle);
  if (options.history) return showHistory(options, io, settle);
  if (from === undefined) throw new UsageError('reach of whom? Name a workload, a namespace, internet, an address or a block, or give --matrix, --diff or --history');
  const question: ReachQuestion = { from: askedEnd(from), ...(to === undefined ? {} : { to: askedEnd(to) }), ...(options.port === undefined ? {} : { port: askedPort(options.port) }) };
  const { snapshots, missed } = await lookAtAll(options, io, LIVE_PLAN);
  const clusters = snapshots.map((snapshot) => reachOf(snapshot, question));
  const unsure = ({ unread, answer }: ReachOfCluster): boolean => unread.length > 0 || (answer?.missing ?? []).length > 0 || (answer?.rows ?? []).some(({ unknown }) => unknown !== undefined);
  settle(missed.length > 0 || clusters.some(unsure) ? 2 : 0);
  const asked = `${from}${to === undefined ? '' : ` to ${to}`}${options.port === undefined ? '' : ` on ${options.port}`}`;
  if (options.output === 'json') return io.out(reachDocument(asked, clusters, missed));
  await io.out(reachReport(asked, clusters, { width: columnsOf(io), colour: io.colour, rows: options.all ? Infinity : 3 * itemsThatFit(io) }));
}

function refuseMixed(from: string | undefined, { matrix, diff, history, port, store, cluster, from: captures, context, allContexts, kubeconfig }: ReachOptions): void {
  const wholes = [...(matrix ? ['--matrix'] : []), ...(diff ? ['--diff'] : []), ...(history ? ['--history'] : [])];
  const [whole] = wholes;
  if (wholes.length > 1) throw new UsageError(`${wholes.join(' and ')} are different questions; ask one of them`);
  if (whole !== undefined && from !== undefined) throw new UsageError(`${whole} is about all namespaces, and ${JSON.stringify(from)} names one end; give one of them`);
  const sources = captures || context || allContexts || kubeconfig !== undefined;
  if (diff && sources) throw new UsageError('--diff names the two captures itself; --from, --context, --all-contexts and --kubeconfig have no meaning with it');
  if (history && sources) throw new UsageError('--history reads the record; --from, --context, --all-contexts and --kubeconfig have no meaning with it');
  if ((diff || history) && port !== undefined) throw new UsageError(`--port has no meaning with ${whole!}`);
  if (!history && (store !== undefined || cluster)) throw new UsageError('--store and --cluster are about the record; give them with --history');
}

function reachOf(snapshot: Snapshot, question: ReachQuestion): ReachOfCluster {
  const resolver = createFactResolver(snapshot);
  const ends = resolver.fact('reachEnds');
  if (!ends.ok) return { cluster: snapshot.cluster, unread: ends.unread, answer: undefined };
  const { live, unread } = liveEndsOf(resolver, ends.value.workloads);
  const all = [...ends.unread, ...unread.filter(({ source }) => !ends.unread.some((known) => known.source === source))];
  return { cluster: snapshot.cluster, unread: all, answer: answerReach(ends.value, resolver.fact('policyEnforcement'), question, live) };
}
