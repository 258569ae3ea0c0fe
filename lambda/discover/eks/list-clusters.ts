import { ListClustersCommand, type EKSClient } from '@aws-sdk/client-eks';
import { refused, type Refusal } from '../../model/collected.ts';
import { awsRefusal } from './aws-refusal.ts';

/** Names are 100 characters at most. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;
/** Hundreds of times the clusters that EKS allows in a region. */
const MOST_PAGES = 10_000;

/** The clusters that a region named, and why there may be more. */
export interface ClusterList {
  /** Each once, in the order of the answers. */
  readonly names: readonly string[];
  /** Absent: these are all. */
  readonly refusal?: Refusal;
}

/** Every page of ListClusters. What was named before a page failed is kept: those clusters are there, whatever the rest of the list would have said. */
export async function listClusters(eks: EKSClient, where: string): Promise<ClusterList> {
  const names = new Set<string>();
  const tokens = new Set<string>();
  let nextToken: string | undefined;
  do {
    try {
      const page = await eks.send(new ListClustersCommand({ maxResults: 100, ...(nextToken === undefined ? {} : { nextToken }) }));
      for (const name of page.clusters ?? []) {
        if (!NAME.test(name)) return { names: [...names], refusal: notUnderstood(where, 'named a cluster as no cluster can be called') };
        names.add(name);
      }
      nextToken = page.nextToken === '' ? undefined : page.nextToken;
    } catch (error) {
      return { names: [...names], refusal: awsRefusal(error, 'eks:ListClusters', where) };
    }
    if (nextToken !== undefined && (tokens.has(nextToken) || tokens.size >= MOST_PAGES)) return { names: [...names], refusal: notUnderstood(where, 'gave the same page twice, and does not end') };
    if (nextToken !== undefined) tokens.add(nextToken);
  } while (nextToken !== undefined);
  return { names: [...names] };
}

function notUnderstood(where: string, what: string): Refusal {
  return refused('not-understood', `${where}: eks:ListClusters ${what}`).reason;
}
