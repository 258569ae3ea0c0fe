import type { Unread } from '../../model/derived.ts';
import type { ResourceRef } from '../../model/violation.ts';
import type { Workload } from '../workloads/workload.ts';

/** One way from the Internet into the cluster. */
export interface Exposure {
  /** What it ends on; absent: the Service has no selector, so its endpoints were made by hand. */
  readonly workload?: Workload;
  /** The Service that it passes last; absent: it ends on a port of the workload's node. */
  readonly service?: ResourceRef & { readonly namespace: string };
  /** From outside in, as text: `Ingress shop/web (internet-facing)`, `Service shop/web`. */
  readonly path: readonly string[];
  /** Port that the outside connects to, and the container's where it is known. */
  readonly ports: readonly ExposedPort[];
  /** False where something that is not read could close it: a node's security group, parameters of an ingress class, a second controller. */
  readonly sure: boolean;
  /**
   * Who sends the packets that come to the workload: `outside` clients or their load balancer; a `node`, which every engine lets through to its own pods; a controller in
   * the cluster.
   */
  readonly from: 'outside' | 'node' | Workload;
  /** What policies make of it, as they are enforced. Absent: they let it through. */
  readonly guard?: Guard;
}

/** `unknown`: they would close it, and whether they are enforced is not known. `unread`: which there are could not be read. */
export interface Guard {
  readonly state: 'closed' | 'unknown' | 'unread';
  /** In words, sorted. */
  readonly by: readonly string[];
}

export interface ExposedPort {
  readonly outside: number;
  readonly container?: number;
}

export interface Exposures {
  /** Sorted by workload, Service and path. */
  readonly all: readonly Exposure[];
  /** Doors of which this version cannot tell whether they are open. */
  readonly unjudged: readonly Unread[];
}

/** Whether something answers the Internet. `unclear` says what decides it and is not read. */
export type Door =
  | { readonly state: 'open'; readonly how: string; readonly sure: boolean }
  | { readonly state: 'closed' }
  | { readonly state: 'unclear'; readonly why: string };

export const CLOSED: Door = { state: 'closed' };
