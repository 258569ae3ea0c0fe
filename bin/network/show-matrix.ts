import { createFactResolver } from '../../lambda/facts/derive.ts';
import { reachMatrix } from '../../lambda/facts/network/reach/reach-matrix.ts';
import type { PortInterval } from '../../lambda/facts/network/reachability/port-table.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';
import { reachMatrixDocument } from '../../lambda/report/json/reach-matrix-document.ts';
import type { MatrixOfCluster } from '../../lambda/report/matrix-of-cluster.ts';
import { reachMatrixReport } from '../../lambda/report/terminal/reach-matrix-report.ts';
import { lookAtAll } from '../audit/look-at-all.ts';
import type { ReachOptions } from '../commands/reach.ts';
import { columnsOf, itemsThatFit, type Console } from '../console.ts';
import { LIVE_PLAN } from './live-plan.ts';
import { askedPort } from './reach-question.ts';

/** `eksaminer reach --matrix`. Exit 2 where a cluster was not looked at, or a cell is not known as policies are written. */
export async function showMatrix(options: ReachOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const port = options.port === undefined ? undefined : askedPort(options.port);
  const { snapshots, missed } = await lookAtAll(options, io, LIVE_PLAN);
  const clusters = snapshots.map((snapshot) => matrixOf(snapshot, port));
  const unsure = ({ unread, matrix }: MatrixOfCluster): boolean => unread.length > 0 || (matrix?.written ?? []).some((row) => row.includes(undefined));
  settle(missed.length > 0 || clusters.some(unsure) ? 2 : 0);
  if (options.output === 'json') return io.out(reachMatrixDocument(options.port, clusters, missed));
  await io.out(reachMatrixReport(options.port, clusters, { width: columnsOf(io), colour: io.colour, rows: options.all ? Infinity : 3 * itemsThatFit(io) }));
}

function matrixOf(snapshot: Snapshot, port: PortInterval | undefined): MatrixOfCluster {
  const resolver = createFactResolver(snapshot);
  const ends = resolver.fact('reachEnds');
  const { cluster } = snapshot;
  if (!ends.ok) return { cluster, unread: ends.unread, matrix: undefined };
  return { cluster, unread: ends.unread, matrix: reachMatrix(ends.value, resolver.fact('policyEnforcement'), port) };
}
