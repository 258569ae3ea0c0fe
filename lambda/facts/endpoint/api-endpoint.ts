import type { Unread } from '../../model/derived.ts';
import type { EksCluster } from '../../model/eks.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { parseBlock, type Family } from '../cidr/address-block.ts';
import { difference, FAMILIES, intersection, isEmpty, setOfBlocks, setOfCidrs, type AddressSet, type Interval } from '../cidr/address-set.ts';
import { internetFamilies, PRIVATE_ADDRESSES } from '../cidr/internet.ts';
import { defineFact } from '../define-fact.ts';
import { clusterResource } from './cluster-resource.ts';
import { unsaid, unsaidIfMissing } from '../unsaid.ts';
import { listOf, written } from '../as-read.ts';

/** Who can reach the API server, by the cluster's own settings. */
export interface ApiEndpoint {
  readonly resource: ResourceRef;
  readonly public: boolean;
  readonly private: boolean;
  /** Blocks that may use the public endpoint, sorted, as written; none while it is off, whatever is listed. */
  readonly cidrs: readonly string[];
  /** Their union. */
  readonly allowed: AddressSet;
  /** Families in which that is as good as the Internet. */
  readonly internet: readonly Family[];
  /** Blocks that alone or joined with their neighbours are wider than one organization needs, private ones left out. */
  readonly wide: readonly string[];
  /** Blocks of private addresses: no packet from the Internet carries one, so they allow nobody. */
  readonly privateOnly: readonly string[];
  /** What the description leaves open. */
  readonly unjudged: readonly Unread[];
}

/** Addresses that one organization may plausibly own: a /16 of IPv4, a /32 of IPv6 (what a registry gives a provider). */
const WIDEST: { readonly [F in Family]: bigint } = { IPv4: 1n << 16n, IPv6: 1n << 96n };

/** EKS allows everybody where no block is named. */
const DEFAULT_CIDRS = ['0.0.0.0/0'];

/** Who can reach the API server. https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html */
export const apiEndpoint = defineFact({
  name: 'apiEndpoint',
  revision: 1,
  needs: ['eksCluster'],
  fields: {
    eksCluster: [
      'name',
      'resourcesVpcConfig.endpointPublicAccess',
      'resourcesVpcConfig.endpointPrivateAccess',
      'resourcesVpcConfig.publicAccessCidrs',
    ],
  },
  derive: ({ eksCluster }): ApiEndpoint => endpointOf(eksCluster),
});

function endpointOf(cluster: EksCluster): ApiEndpoint {
  const config = cluster.resourcesVpcConfig;
  const isPublic = config?.endpointPublicAccess === true;
  const named = isPublic ? listOf(config.publicAccessCidrs).map(written) : [];
  const cidrs = isPublic && named.length === 0 ? DEFAULT_CIDRS : [...new Set(named)].sort();
  const { set, malformed } = setOfCidrs(cidrs);
  return {
    resource: clusterResource(cluster),
    public: isPublic,
    private: config?.endpointPrivateAccess === true,
    cidrs,
    allowed: set,
    internet: internetFamilies(set),
    wide: wideOf(cidrs, difference(set, PRIVATE_ADDRESSES)),
    privateOnly: cidrs.filter(isPrivate),
    unjudged: [
      ...unsaidIfMissing('resourcesVpcConfig.endpointPublicAccess', config?.endpointPublicAccess),
      ...unsaidIfMissing('resourcesVpcConfig.endpointPrivateAccess', config?.endpointPrivateAccess),
      ...malformed.map((text) => unsaid('eksCluster', `publicAccessCidrs holds ${JSON.stringify(text)}, which is no address block`)),
    ],
  };
}

function isPrivate(cidr: string): boolean {
  const block = parseBlock(cidr);
  return block !== undefined && isEmpty(difference(setOfBlocks([block]), PRIVATE_ADDRESSES));
}

function wideOf(cidrs: readonly string[], allowed: AddressSet): readonly string[] {
  const wide = { IPv4: [], IPv6: [] } as { [F in Family]: Interval[] };
  for (const family of FAMILIES) wide[family] = allowed[family].filter(({ first, last }) => last - first + 1n > WIDEST[family]);
  return cidrs.filter((cidr) => {
    const block = parseBlock(cidr);
    return block !== undefined && !isEmpty(intersection(setOfBlocks([block]), wide));
  });
}
