import type { Configuration } from '../../../lambda/configuration/configuration.ts';
import { parseConfiguration } from '../../../lambda/configuration/parse-configuration.ts';
import { discoverEks } from '../../../lambda/discover/eks/discover-eks.ts';
import type { Discovered, DiscoverOptions } from '../../../lambda/discover/eks/discovered.ts';
import { FakeAws } from '../../aws/fake/fake-aws.ts';
import type { FakeAccount, FakeEksCluster } from '../../aws/fake/fake-data.ts';

export const HUB = '111122223333';
export const MEMBER = '444455556666';

export function configuration(yaml: string): Configuration {
  return parseConfiguration(yaml, 'eksaminer.yaml');
}

/** Clusters by account and region; `EksaminerMember` of every account but the hub lets the hub in. */
export function accountsWith(clusters: Readonly<Record<string, Readonly<Record<string, readonly (string | FakeEksCluster)[]>>>>, externalId?: string): Record<string, FakeAccount> {
  return Object.fromEntries(
    Object.entries(clusters).map(([account, regions]) => [
      account,
      {
        regions: Object.fromEntries(Object.entries(regions).map(([region, names]) => [region, { clusters: names.map((each) => (typeof each === 'string' ? { name: each } : each)) }])),
        roles: account === HUB ? [] : [{ name: 'EksaminerMember', assumedBy: [HUB], ...(externalId === undefined ? {} : { externalId }) }],
      },
    ]),
  );
}

export function arn(account: string, region: string, name: string): string {
  return `arn:aws:eks:${region}:${account}:cluster/${name}`;
}

/** Discovers as the hub, in a record that knows these clusters. One try a call: what a test has fail, fails at once. */
export async function discover(fake: FakeAws, yaml: string, { known = [], ...options }: Partial<DiscoverOptions> & { readonly known?: readonly string[] } = {}): Promise<Discovered> {
  return discoverEks(configuration(yaml), {
    credentials: FakeAws.keysOf(HUB),
    homeRegion: 'eu-west-1',
    endpoint: fake.url,
    session: '01KAJ3XV3BM2V4N7S5T1C0R9QE',
    maxAttempts: 1,
    knownClusters: async function* () {
      yield* known;
    },
    ...options,
  });
}
