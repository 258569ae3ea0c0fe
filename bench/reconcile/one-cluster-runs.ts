/** Runs over one cluster each, as events start them, one every so many milliseconds until this process is ended. Arguments: the address of the S3, how many clusters there are, how often. */
import { commitRun } from '../../lambda/reconcile/commit-run.ts';
import { beginRun, EVENT_GENERATION, ulid } from './fleet.ts';
import { storeAt } from './store-at.ts';

const [url, clusters, every] = process.argv.slice(2) as [string, string, string];
const store = storeAt(url, 'events');
for (let number = 0; ; number += 7) {
  const due = new Promise((resolve) => setTimeout(resolve, Number(every)));
  const run = await beginRun(store, 'event', [number % Number(clusters)], new Date(), EVENT_GENERATION + number);
  await commitRun(store, run, { attempt: ulid(), now: () => new Date() });
  await due;
}
