import type { Configuration } from '../../configuration/configuration.ts';
import { parseClusterArn } from '../../model/cluster-identity.ts';
import { compareText } from '../../model/compare-text.ts';
import type { MissedTarget } from '../../model/run-scope.ts';
import { regionsOf, type Account } from './accounts.ts';
import { coversName } from './coverage.ts';
import type { Discovered } from './discovered.ts';
import { judgeClusters, targetsOf, type Judged } from './judge-clusters.ts';
import { arnOf, placeOf, type Found, type Place } from './places.ts';

const ABSENT = 'EKS says that it does not exist; the next run of all clusters closes what is open there';

/** These clusters alone, as far as the configuration covers them. Nothing is listed. */
export async function discoverOnly(configuration: Configuration, accounts: readonly Account[], partition: string, arns: readonly string[]): Promise<Discovered> {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const places = new Map<string, Place>();
  const wanted: Found[] = [];
  const uncovered: string[] = [];
  const unknown: MissedTarget[] = [];
  for (const arn of [...new Set(arns)].sort(compareText)) {
    const cluster = parseClusterArn(arn);
    if (!cluster) {
      // In quotes, which no name of a cluster has: labels are each one's own.
      const label = JSON.stringify(arn.slice(0, 200));
      unknown.push({ label, reason: `${label} is not the ARN of an EKS cluster` });
      continue;
    }
    const account = byId.get(cluster.account);
    if (!account || !coversRegion(configuration, cluster.region) || !coversName(configuration.clusters, { name: cluster.name, arn })) {
      uncovered.push(arn);
      continue;
    }
    const where = `${cluster.account}/${cluster.region}`;
    const place = places.get(where) ?? placeOf(account, cluster.region);
    places.set(where, place);
    if (arnOf(partition, place, cluster.name) === arn) wanted.push({ place, name: cluster.name, arn });
    else unknown.push({ label: arn, reason: `it is in another partition than ${partition}, in which this runs` });
  }

  const involved = new Set(wanted.map(({ place }) => place.account));
  const doors = await regionsOf([...involved], []);
  const judged: Judged[] = [];
  const reachable: Found[] = [];
  for (const cluster of wanted) {
    const door = doors.get(cluster.place.account.id)!;
    if (door.ok) reachable.push(cluster);
    else judged.push({ ...cluster, is: 'missed', reason: door.reason.message });
  }
  for (const cluster of await judgeClusters(configuration, reachable, true)) {
    if (cluster.is === 'uncovered') uncovered.push(cluster.arn);
    else judged.push(cluster.is === 'absent' ? { ...cluster, is: 'missed', reason: ABSENT } : cluster);
  }
  const { targets, missed } = targetsOf(configuration, judged);
  return {
    targets,
    missed: [...missed, ...unknown],
    listings: [...places.values()].map(({ account, region }) => ({ account: account.id, region, result: 'not-asked' as const })),
    gone: [],
    uncovered: uncovered.sort(compareText),
  };
}

function coversRegion({ regions }: Configuration, region: string): boolean {
  return regions === 'all' || regions.includes(region);
}
