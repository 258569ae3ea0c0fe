import { createHash } from 'node:crypto';
import pMap from 'p-map';
import type { Configuration } from '../configuration/configuration.ts';
import { CONFIGURATION_FILE, ENV, type DiscoverEvent, type DiscoverResult, type RouteSetting } from '../contract.ts';
import { discoverEks } from '../discover/eks/discover-eks.ts';
import { recordedClusters } from '../discover/eks/recorded-clusters.ts';
import { startRoutes } from '../notify/route-start.ts';
import { newestSeq } from '../reconcile/newest-seal.ts';
import { runKeys } from '../storage/layout.ts';
import { writeMissed, writeScope, writeTargets } from '../storage/run-records.ts';
import { readBeside } from './beside.ts';
import { executionInput } from './execution-input.ts';
import { ownCredentials } from './own-credentials.ts';
import { record } from './record.ts';
import { runOf } from './run-id.ts';
import { setting } from './setting.ts';
import { count, logger } from './watching.ts';
import { writtenBefore } from './written-before.ts';

const store = record();
const configuration = readBeside(CONFIGURATION_FILE) as Configuration;
const routes = JSON.parse(setting(ENV.routes)) as RouteSetting[];

/** Finds out which clusters there are, and writes down what the run is to look at. */
export async function handler({ input, execution, startedAt }: DiscoverEvent): Promise<DiscoverResult> {
  const { trigger, clusters: only } = executionInput(input);
  const run = runOf(execution, startedAt);
  logger.appendKeys({ run });
  const before = await writtenBefore(store, run);
  if (before) return before;
  // Before anything is looked at: seals that come from here on are passed while this run is under way, and routes that are new are told of it.
  const baseSeq = await newestSeq(store);
  await startRoutes(store, routes);
  const { targets, missed, listings, gone, uncovered } = await discoverEks(configuration, {
    credentials: ownCredentials,
    homeRegion: setting(ENV.region),
    session: run,
    knownClusters: (listed) => recordedClusters(store, listed),
    ...(only ? { only } : {}),
  });
  await pMap(missed, (target) => writeMissed(store, run, target), { concurrency: 16 });
  await writeTargets(store, run, targets.map((target) => ({ ...target, cluster: target.arn })));
  const first = await writeScope(store, {
    schemaVersion: 1,
    run,
    startedAt: new Date(startedAt).toISOString(),
    trigger,
    clusters: only ? [...targets, ...missed].map(({ label }) => label).sort() : 'all',
    listings,
    gone,
    uncovered,
    configuration: createHash('sha256').update(JSON.stringify(configuration)).digest('hex'),
    version: setting(ENV.version),
    baseSeq,
  });
  // Another attempt of this run was faster: what it wrote counts.
  if (!first) return (await writtenBefore(store, run))!;
  const refused = listings.filter(({ result }) => result === 'refused');
  // One that refuses from its first run on has no cluster in the record that could go out of sight: operations is told of the place itself.
  count({ refused: refused.length });
  for (const listing of refused) logger.warn('not listed', { ...listing });
  logger.info('discovered', { targets: targets.length, missed: missed.length, gone: gone.length, uncovered: uncovered.length, refused: refused.length });
  return { run, targets: targets.length, targetsKey: runKeys.targets(run) };
}
