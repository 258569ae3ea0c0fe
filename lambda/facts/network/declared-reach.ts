import { defineFact } from '../define-fact.ts';
import type { Workload } from '../workloads/workload.ts';
import { API_SERVER_FIELDS, apiServerAddresses } from './api-server-addresses.ts';
import { METADATA_ADDRESSES } from './metadata-service.ts';
import { namespaceLabels } from './namespace-labels.ts';
import { declaredEndpoint } from './reach/declared-readings.ts';
import { publicPieces, type AddressPiece } from './reachability/address-pieces.ts';
import { DOCUMENTED, type Endpoint } from './reachability/endpoint.ts';
import { reachabilityOf, type Reachability, type ReachabilityInput } from './reachability/reachability.ts';
import { vocabularyOf } from './reachability/vocabulary.ts';
import { POD_ADDRESS_FIELDS, typicalAddresses } from './typical-addresses.ts';

/** Whom policies let reach whom, as they are written, over declared workloads. */
export interface DeclaredReach {
  /** Those that are not in the network of their node; each is the endpoint of its place here. */
  readonly workloads: readonly Workload[];
  readonly reachability: Reachability;
  /** What that was made of, for other readings of the same ends. */
  readonly input: ReachabilityInput;
  /** Endpoints that are addresses alone. */
  readonly metadataService: readonly number[];
  readonly internet: readonly (AddressPiece & { readonly endpoint: number })[];
  readonly apiServer: { readonly endpoints: readonly number[]; readonly ports: readonly number[] };
}

/** Made once for all that ask: to tell classes and profiles apart takes longer than to read an answer from them. */
export const declaredReach = defineFact({
  name: 'declaredReach',
  revision: 3,
  needs: ['namespaces', 'namespacedPolicies', 'tierPolicies', 'workloads'],
  wants: ['pods', 'endpointSlices'],
  // Without them it is one destination less.
  eases: ['endpointSlices'],
  reach: { namespaces: 'all' },
  fields: { namespaces: ['metadata.labels'], pods: POD_ADDRESS_FIELDS, endpointSlices: API_SERVER_FIELDS },
  derive: ({ namespaces, namespacedPolicies, tierPolicies, workloads, pods, endpointSlices }): DeclaredReach => {
    const own = workloads.filter(({ spec }) => spec.hostNetwork !== true);
    const vocabulary = vocabularyOf(namespacedPolicies, tierPolicies);
    const { addresses: blocks } = vocabulary;
    const typical = typicalAddresses(pods.ok ? pods.value : [], blocks);
    const endpoints = own.map((workload): Endpoint => declaredEndpoint(workload, typical));
    const place = (addresses: readonly string[]): readonly number[] => addresses.map((address) => endpoints.push({ addresses: [address] }) - 1);
    const metadataService = place(METADATA_ADDRESSES);
    const pieces = publicPieces(blocks);
    const outside = place(pieces.map(({ address }) => address));
    const server = apiServerAddresses(endpointSlices.ok ? endpointSlices.value : []);
    const apiServer = { endpoints: place(server.addresses), ports: server.ports };
    const input = { namespaces: namespaceLabels(namespaces), nodes: [], endpoints, policies: namespacedPolicies, tiers: tierPolicies, conventions: DOCUMENTED, vocabulary };
    return { workloads: own, reachability: reachabilityOf(input), input, metadataService, internet: pieces.map((piece, i) => ({ ...piece, endpoint: outside[i]! })), apiServer };
  },
});
