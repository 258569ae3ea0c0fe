import { readLooks } from '../../lambda/reconcile/read-looks.ts';
import { measuresHistoryDocument } from '../../lambda/report/json/measures-history-document.ts';
import { measuresHistory } from '../../lambda/report/measures-history.ts';
import { measuresHistoryReport } from '../../lambda/report/terminal/measures-history-report.ts';
import type { ReachOptions } from '../commands/reach.ts';
import { columnsOf, itemsThatFit, type Console } from '../console.ts';
import { DEFAULT_STORE } from '../default-store.ts';
import { openExistingStore, storeName, withStore } from '../open-store.ts';
import { UsageError } from '../usage-error.ts';

/** `eksaminer reach --history`: what each look of the record measured. Nothing is looked at anew. */
export async function showHistory(options: ReachOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const directory = options.store ?? DEFAULT_STORE;
  const store = await openExistingStore(directory);
  const clusters = measuresHistory(await readLooks(store, ({ result, cluster }) => result === 'audited' && cluster !== undefined));
  // Runs in which no cluster could be looked at measured nothing: that is no answer, whichever cluster was asked for.
  if (clusters.length === 0) throw new UsageError(`${storeName(directory)}: the record holds no look at a cluster yet, so nothing was measured. Make one: ${withStore('eksaminer audit', directory)}`);
  const asked = options.cluster?.map((word) => ({ word, found: clusters.filter(({ cluster: { id, label, arn, name } }) => [id, label, arn, name].includes(word)) }));
  for (const { word, found } of asked ?? []) {
    if (found.length === 0) throw new UsageError(`--cluster ${JSON.stringify(word)}: the record has no such cluster; it has: ${clusters.map(({ cluster }) => cluster.label).join(', ')}`);
  }
  const shown = asked ? clusters.filter((each) => asked.some(({ found }) => found.includes(each))) : clusters;
  settle(0);
  if (options.output === 'json') return io.out(measuresHistoryDocument(shown));
  await io.out(measuresHistoryReport(shown, { width: columnsOf(io), colour: io.colour, now: io.now().toISOString(), rows: options.all ? Infinity : itemsThatFit(io) }));
}
