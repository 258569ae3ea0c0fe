import type { ResourceRef } from '../../model/violation.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Exposure } from './exposure.ts';

/** All ways to one destination. */
export interface OpenDoors {
  /** The workload; a Service without a selector. */
  readonly resource: ResourceRef & { readonly namespace: string };
  readonly workload?: Workload;
  /** Each way from outside in, sorted; those that are sure, where there are any. */
  readonly paths: readonly string[];
  /** Ports outside, sorted. */
  readonly ports: readonly number[];
  /** Ports of the containers, as far as they are known, sorted. */
  readonly containerPorts: readonly number[];
  readonly sure: boolean;
  /** The doors to close, outermost first in each way. */
  readonly cause: string;
}

/** Exposures by destination, in their order. A way that is only inferred is left out beside one that is sure. */
export function doorsOf(exposures: readonly Exposure[]): readonly OpenDoors[] {
  const byDestination = Map.groupBy(exposures, ({ workload, service }) => workload ?? JSON.stringify([service?.namespace, service?.name]));
  return [...byDestination.values()].map((all) => {
    const sure = all.some((exposure) => exposure.sure);
    const counted = sure ? all.filter((exposure) => exposure.sure) : all;
    const { workload, service } = counted[0]!;
    return {
      resource: workload?.resource ?? service!,
      ...(workload ? { workload } : {}),
      paths: distinct(counted.map(({ path }) => path.join(' > '))),
      ports: numbers(counted.flatMap(({ ports }) => ports.map(({ outside }) => outside))),
      containerPorts: numbers(counted.flatMap(({ ports }) => ports.flatMap(({ container }) => container ?? []))),
      sure,
      cause: distinct(counted.map(({ path }) => path[0]!)).join(', '),
    };
  });
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function numbers(list: readonly number[]): readonly number[] {
  return [...new Set(list)].sort((a, b) => a - b);
}
