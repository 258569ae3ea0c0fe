import type { ResourceRef } from '../../model/violation.ts';
import { listed } from '../../model/listed.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Exposure, Guard } from './exposure.ts';

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
  /** Policies close all ways, or would. Absent: some way is open, and the others are in no list above but this one. */
  readonly guard?: Guard;
  /** Ways that policies close, sorted. */
  readonly closed: readonly string[];
}

/** Exposures by destination, in their order. A way that is only inferred is left out beside one that is sure. */
export function doorsOf(exposures: readonly Exposure[]): readonly OpenDoors[] {
  const byDestination = Map.groupBy(exposures, ({ workload, service }) => workload ?? JSON.stringify([service?.namespace, service?.name]));
  return [...byDestination.values()].map((all) => {
    const unguarded = all.filter(({ guard }) => !guard);
    const ways = unguarded.length > 0 ? unguarded : all;
    const sure = ways.some((exposure) => exposure.sure);
    const counted = sure ? ways.filter((exposure) => exposure.sure) : ways;
    const { workload, service } = counted[0]!;
    return {
      resource: workload?.resource ?? service!,
      ...(workload ? { workload } : {}),
      paths: distinct(counted.map(({ path }) => path.join(' > '))),
      ports: numbers(counted.flatMap(({ ports }) => ports.map(({ outside }) => outside))),
      containerPorts: numbers(counted.flatMap(({ ports }) => ports.flatMap(({ container }) => container ?? []))),
      sure,
      cause: distinct(counted.map(({ path }) => path[0]!)).join(', '),
      closed: distinct(all.filter(({ guard }) => guard?.state === 'closed').map(({ path }) => path.join(' > '))),
      ...(unguarded.length > 0 ? {} : { guard: guardOf(all) }),
    };
  });
}

function guardOf(all: readonly Exposure[]): Guard {
  return { state: all.some(({ guard }) => guard!.state === 'unknown') ? 'unknown' : 'closed', by: distinct(all.flatMap(({ guard }) => guard!.by)) };
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function numbers(list: readonly number[]): readonly number[] {
  return [...new Set(list)].sort((a, b) => a - b);
}

/** `what`: that the ways lead to. */
export function guardedMessage({ state, by }: Guard, what: string, path: string): string {
  const policies = listed(by);
  return state === 'closed' ? `Only ${policies} ${by.length === 1 ? 'keeps' : 'keep'} the Internet from ${what}: ${path}` : `The Internet reaches ${what} unless ${policies} ${by.length === 1 ? 'is' : 'are'} enforced, which is not known: ${path}`;
}
