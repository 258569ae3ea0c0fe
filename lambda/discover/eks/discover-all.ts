import type { Configuration } from '../../configuration/configuration.ts';
import { parseClusterArn } from '../../model/cluster-identity.ts';
import type { Collected } from '../../model/collected.ts';
import { compareText } from '../../model/compare-text.ts';
import type { RunScope } from '../../model/run-scope.ts';
import { regionsOf, type Account } from './accounts.ts';
import { coversName } from './coverage.ts';
import type { Discovered, DiscoverOptions } from './discovered.ts';
import { judgeClusters, targetsOf, type Judged } from './judge-clusters.ts';
import { arnOf, listAll, nameOf, placeOf, type Found, type Place } from './places.ts';

type Listing = RunScope['listings'][number];
type Regions = ReadonlyMap<string, Collected<readonly string[]>>;

/** All clusters that the configuration covers, and what became of those of the record that no list named. */
export async function discoverAll(configuration: Configuration, accounts: readonly Account[], partition: string, { knownClusters }: DiscoverOptions): Promise<Discovered> {
  const regions = await regionsOf(accounts, configuration.regions);
  const places = accounts.flatMap((account) => {
    const answer = regions.get(account.id)!;
    return answer.ok ? answer.value.map((region) => placeOf(account, region)) : [];
  });
  const { listings, found } = await list(places, partition);
  addRefusedAccounts(listings, regions, configuration.regions);
  const judged = await judgeClusters(configuration, [...found.values()].filter((cluster) => coversName(configuration.clusters, cluster)), true);

  const placesByName = new Map(places.map((place) => [nameOf(place), place]));
  const known = new Set<string>();
  const unlisted: Found[] = [];
  for await (const id of knownClusters(new Set(found.keys()))) {
    const cluster = parseClusterArn(id);
    if (!cluster || known.has(id)) continue;
    known.add(id);
    if (found.has(id)) continue;
    const where = `${cluster.account}/${cluster.region}`;
    const reason = listings.has(where) ? undefined : whyNotListed(cluster, regions, configuration.regions);
    if (reason !== undefined) listings.set(where, { account: cluster.account, region: cluster.region, result: 'refused', reason });
    if (listings.get(where)?.result === 'listed') unlisted.push({ place: placesByName.get(where)!, name: cluster.name, arn: id });
  }
  const all = new Map([...judged, ...(await judgeClusters(configuration, unlisted, false))].map((cluster) => [cluster.arn, cluster]));
  const listedWhole = ({ place }: Found): boolean => listings.get(nameOf(place))?.result === 'listed';
  const knownThat = (is: (id: string, cluster: Judged | undefined) => boolean): readonly string[] => [...known].filter((id) => is(id, all.get(id))).sort(compareText);
  return {
    ...targetsOf(configuration, [...all.values()]),
    listings: [...listings.values()].sort((a, b) => compareText(a.account, b.account) || compareText(a.region, b.region)),
    gone: knownThat((_id, cluster) => cluster?.is === 'absent' && listedWhole(cluster)),
    // Listed, and not even asked about: its name was enough.
    uncovered: knownThat((id, cluster) => (cluster ? cluster.is === 'uncovered' : found.has(id))),
  };
}

/** By `account/region`, and by ARN. */
async function list(places: readonly Place[], partition: string): Promise<{ readonly listings: Map<string, Listing>; readonly found: ReadonlyMap<string, Found> }> {
  const listings = new Map<string, Listing>();
  const found = new Map<string, Found>();
  for (const { place, names, refusal } of await listAll(places)) {
    listings.set(nameOf(place), { account: place.account.id, region: place.region, ...(refusal ? { result: 'refused', reason: refusal.message } : { result: 'listed' }) });
    for (const name of names) {
      const arn = arnOf(partition, place, name);
      found.set(arn, { place, name, arn });
    }
  }
  return { listings, found };
}

/** An account that does not let us in, or does not say which regions it has. */
function addRefusedAccounts(listings: Map<string, Listing>, regions: Regions, wanted: Configuration['regions']): void {
  for (const [account, answer] of regions) {
    if (answer.ok) continue;
    for (const region of wanted === 'all' ? ['all'] : wanted) listings.set(`${account}/${region}`, { account, region, result: 'refused', reason: answer.reason.message });
  }
}

/** Why nobody asked for the clusters of a place that the configuration covers; undefined: it does not. Else its clusters would seem to be left out on purpose. */
function whyNotListed({ account, region }: { readonly account: string; readonly region: string }, regions: Regions, wanted: Configuration['regions']): string | undefined {
  const answer = regions.get(account);
  if (!answer || (wanted !== 'all' && !wanted.includes(region))) return undefined;
  return answer.ok ? `account ${account} has not enabled the region ${region}` : answer.reason.message;
}
