import { EKSClient } from '@aws-sdk/client-eks';
import pMap from 'p-map';
import { clientSettings } from './aws-access.ts';
import type { Account } from './accounts.ts';
import { describeCluster, type Described } from './describe-cluster.ts';
import { listClusters, type ClusterList } from './list-clusters.ts';

/** A region of an account. Its client is shared by all its calls, so that one that is throttled slows the others down. */
export interface Place {
  readonly account: Account;
  readonly region: string;
  readonly eks: EKSClient;
}

/** A cluster by where it is. */
export interface Found {
  readonly place: Place;
  readonly name: string;
  readonly arn: string;
}

/** Calls under way at once, over all accounts and regions: each has limits of its own. */
const AT_ONCE = 32;

export function placeOf(account: Account, region: string): Place {
  return { account, region, eks: new EKSClient(clientSettings(account.access, region)) };
}

/** `111122223333/eu-west-1`, as listings and refusals call it. */
export function nameOf({ account, region }: Place): string {
  return `${account.id}/${region}`;
}

export function arnOf(partition: string, { account, region }: Place, name: string): string {
  return `arn:${partition}:eks:${region}:${account.id}:cluster/${name}`;
}

export async function listAll(places: readonly Place[]): Promise<readonly (ClusterList & { readonly place: Place })[]> {
  return pMap(places, async (place) => ({ place, ...(await listClusters(place.eks, nameOf(place))) }), { concurrency: AT_ONCE });
}

/** In the order of the clusters. */
export async function describeAll(clusters: readonly Found[]): Promise<readonly Described[]> {
  return pMap(clusters, ({ place, name, arn }) => describeCluster(place.eks, { name, arn }, `${nameOf(place)}/${name}`), { concurrency: AT_ONCE });
}
