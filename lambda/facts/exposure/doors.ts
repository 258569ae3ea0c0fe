import type { Evidence, ResourceRef } from '../../model/violation.ts';
import { listed } from '../../model/listed.ts';
import type { Severity } from '../../model/severity.ts';
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
  /** Policies close all ways, or would, or may. Absent: some way is open, and those that are closed are in no list above but the last one. */
  readonly guard?: Guard;
  /** Where policies that could not be read may close some of the ways: what is left without these. Absent: there are none such, or nothing is left. */
  readonly certain?: Pick<OpenDoors, 'ports' | 'containerPorts' | 'sure'>;
  /** Ways that policies close, sorted. */
  readonly closed: readonly string[];
}

/** Exposures by destination, in their order. A way that is only inferred is left out beside one that is sure. */
export function doorsOf(exposures: readonly Exposure[]): readonly OpenDoors[] {
  const byDestination = Map.groupBy(exposures, ({ workload, service }) => workload ?? JSON.stringify([service?.namespace, service?.name]));
  return [...byDestination.values()].map((all) => {
    const unguarded = all.filter(({ guard }) => !guard);
    // What may be closed is open until that is known.
    const open = all.filter(({ guard }) => !guard || guard.state === 'unread');
    const ways = counted(open.length > 0 ? open : all);
    const { workload, service } = ways[0]!;
    return {
      resource: workload?.resource ?? service!,
      ...(workload ? { workload } : {}),
      paths: distinct(ways.map(({ path }) => path.join(' > '))),
      ...widthOf(ways),
      cause: distinct(ways.map(({ path }) => path[0]!)).join(', '),
      closed: distinct(all.filter(({ guard }) => guard?.state === 'closed').map(({ path }) => path.join(' > '))),
      ...(unguarded.length === 0 ? { guard: jointGuard(all.map(({ guard }) => guard!)) } : open.length > unguarded.length ? { certain: widthOf(counted(unguarded)) } : {}),
    };
  });
}

/** Those that are sure, where there are any. */
function counted(ways: readonly Exposure[]): readonly Exposure[] {
  return ways.some(({ sure }) => sure) ? ways.filter(({ sure }) => sure) : ways;
}

function widthOf(ways: readonly Exposure[]): Pick<OpenDoors, 'ports' | 'containerPorts' | 'sure'> {
  return {
    ports: numbers(ways.flatMap(({ ports }) => ports.map(({ outside }) => outside))),
    containerPorts: numbers(ways.flatMap(({ ports }) => ports.flatMap(({ container }) => container ?? []))),
    sure: ways.some(({ sure }) => sure),
  };
}

/** Of ways all of which have one. */
export function jointGuard(guards: readonly Guard[]): Guard {
  const states = new Set(guards.map(({ state }) => state));
  return { state: states.has('unread') ? 'unread' : states.has('unknown') ? 'unknown' : 'closed', by: distinct(guards.flatMap(({ by }) => by)) };
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function numbers(list: readonly number[]): readonly number[] {
  return [...new Set(list)].sort((a, b) => a - b);
}

/** `what`: that the ways lead to. */
export function guardedMessage({ state, by }: Guard, what: string, path: string): string {
  if (state === 'unread') return `The Internet reaches ${what} unless policies, or the default deny of their engine, keep it out, which could not be read: ${path}`;
  const policies = listed(by);
  return state === 'closed' ? `Only ${policies} ${by.length === 1 ? 'keeps' : 'keep'} the Internet from ${what}: ${path}` : `The Internet reaches ${what} unless ${policies} ${by.length === 1 ? 'is' : 'are'} enforced, which is not known: ${path}`;
}

/** How grave a way is where policies close it as they are enforced, and where that they do is not known. */
export type Guarded = Readonly<Record<Exclude<Guard['state'], 'unread'>, Severity>>;

/** How grave it is, and how mild it may be where something that could not be read decides. `open`: of ways that nothing closes. */
export function doorSeverity({ guard, certain, ...door }: OpenDoors, guarded: Guarded, open: (ways: Pick<OpenDoors, 'ports' | 'containerPorts' | 'sure'>) => Severity): { readonly severity: Severity; readonly mildest?: Severity } {
  const severity = guard && guard.state !== 'unread' ? guarded[guard.state] : open(door);
  if (guard && guard.state !== 'closed') return { severity, mildest: guarded.closed };
  return certain ? { severity, mildest: open(certain) } : { severity };
}

export function guardEvidence(guard: Guard | undefined): Evidence {
  return guard && guard.state !== 'unread' ? { policies: guard.by, enforced: guard.state === 'closed' } : {};
}
