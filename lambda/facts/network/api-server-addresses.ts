import type { V1EndpointSlice } from '@kubernetes/client-node';
import { objectsOf, textOf, textsOf } from '../as-read.ts';

/** Where the API server answers, as its own Service `default/kubernetes` says: addresses behind that Service, sorted. */
export interface ApiServerAddresses {
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
}

export const API_SERVER_FIELDS: readonly string[] = ['metadata.labels["kubernetes.io/service-name"]', 'endpoints[].addresses', 'ports[].port'];

export function apiServerAddresses(slices: readonly V1EndpointSlice[]): ApiServerAddresses {
  const own = slices.filter(({ metadata }) => metadata?.namespace === 'default' && textOf(metadata.labels?.['kubernetes.io/service-name']) === 'kubernetes');
  return {
    addresses: [...new Set(own.flatMap(({ endpoints }) => objectsOf(endpoints).flatMap(({ addresses }) => textsOf(addresses))))].sort(),
    ports: [...new Set(own.flatMap(({ ports }) => objectsOf(ports).flatMap(({ port }) => (typeof port === 'number' ? [port] : []))))].sort((a, b) => a - b),
  };
}
