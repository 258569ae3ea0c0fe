/** What is measured: one `reconcile`, as its function on AWS does it. Arguments: the address of the S3, the run. */
import { commitRun } from '../../lambda/reconcile/commit-run.ts';
import { ulid } from './fleet.ts';
import { storeAt } from './store-at.ts';

const [url, run] = process.argv.slice(2) as [string, string];
await commitRun(storeAt(url, 'measured'), run, { attempt: ulid(), now: () => new Date() });
process.exit();
