import type { Unread } from '../../model/derived.ts';
import { defineFact } from '../define-fact.ts';
import type { DeclaredReach } from '../network/declared-reach.ts';
import { enforcedReach, type EnforcedReach } from '../network/enforced-reach.ts';
import { portsOf } from '../network/reach/reach-ports.ts';
import { isNameServer } from '../network/dns-egress-gaps.ts';
import { walkReach, type ReachWalk, type WalkStep } from '../network/reach-walk.ts';
import { classSetOf } from '../network/reachability/class-set.ts';
import type { PortSet, PortTable } from '../network/reachability/port-table.ts';
import { objectsOf } from '../as-read.ts';
import { unsaid } from '../unsaid.ts';
import type { Workload } from '../workloads/workload.ts';
import { doorsOf, type OpenDoors } from './doors.ts';
import { sensitivityFinder, type Sensitivity } from './sensitive-workloads.ts';
import { resourceWithKind } from '../../model/resource-words.ts';
import { madeOnce } from '../../model/made-once.ts';

/** A way from the Internet, over workloads that it reaches, to one whose takeover is worth more. */
export interface InternetPath {
  readonly workload: Workload;
  readonly sensitivity: Sensitivity;
  /** What the Internet reaches; the workload itself where there is no step. */
  readonly entry: OpenDoors & { readonly workload: Workload };
  readonly steps: readonly PathStep[];
  /** The last step is the only one that leads to it from what the Internet reaches. */
  readonly onlyWay: boolean;
}

export interface PathStep {
  readonly from: Workload;
  readonly to: Workload;
  /** `TCP 8080, UDP 53`. */
  readonly ports: string;
  /** Policies that let it through, on either side, sorted; none: nothing closes it. */
  readonly by: readonly string[];
}

export interface InternetPaths {
  /** One a workload, the shortest; sorted as the fact `workloads`. */
  readonly all: readonly InternetPath[];
  readonly unjudged: readonly Unread[];
}

/**
 * Ways over connections that policies let through as they are enforced, to ports that containers declare: what declares none is not known to listen. Nodes, and workloads in their network, are not followed. Where the Internet reaches
 * nothing, nothing is looked at.
 */
export const internetPaths = defineFact({
  name: 'internetPaths',
  revision: 2,
  needs: ['declaredReach', 'policedExposures', 'policyCoverage', 'serviceAccounts', 'workloads'],
  wants: ['policyEnforcement', 'rbacGrants'],
  fields: { serviceAccounts: ['automountServiceAccountToken'] },
  derive: ({ declaredReach, policedExposures, policyCoverage, serviceAccounts, workloads, policyEnforcement, rbacGrants }): InternetPaths => {
    const doors = doorsOf(policedExposures.all).flatMap((door) => (door.workload && !door.guard ? [{ ...door, workload: door.workload }] : []));
    if (doors.length === 0) return { all: [], unjudged: policedExposures.unjudged };
    const unjudged: Unread[] = [...policedExposures.unjudged];
    if (doors.some(({ workload }) => workload.spec.hostNetwork === true)) unjudged.push(unsaid('nodes', 'whom workloads in the network of their node reach is not known, and the Internet reaches some of them'));
    const sensitivityOf = sensitivityFinder(workloads, serviceAccounts, rbacGrants.ok ? rbacGrants.value : undefined);
    const all: InternetPath[] = doors.flatMap((entry) => {
      const sensitivity = sensitivityOf(entry.workload);
      return sensitivity?.is === 'control' ? [{ workload: entry.workload, sensitivity, entry, steps: [], onlyWay: true }] : [];
    });
    const reach = enforcedReach(declaredReach, policyEnforcement);
    if (!reach || reach.unsure) unjudged.push(...(policyEnforcement.ok && policyEnforcement.value.unjudged.length > 0 ? policyEnforcement.value.unjudged : [unsaid('nodes', 'which policies are enforced where workloads run is not known, or nodes differ')]));
    const closed = new Set([...policyCoverage.namespaces.values()].filter(({ otherEngines }) => otherEngines).map(({ name }) => name));
    if (closed.size > 0) unjudged.push(...policyCoverage.unjudged);
    if (reach) all.push(...pathsFrom(doors, declaredReach, reach, closed, sensitivityOf));
    const order = new Map(workloads.map((workload, at) => [workload, at]));
    return { all: all.sort((a, b) => order.get(a.workload)! - order.get(b.workload)!), unjudged };
  },
});

type Entry = InternetPath['entry'];

function pathsFrom(doors: readonly Entry[], { workloads }: DeclaredReach, reach: EnforcedReach, closed: ReadonlySet<string>, sensitivityOf: (workload: Workload) => Sensitivity | undefined): readonly InternetPath[] {
  const { classes, table } = reach.written;
  const places = new Map(workloads.flatMap((workload, i) => (isFollowed(workload) ? [[workload, classes.of[i]!] as const] : [])));
  const members = Map.groupBy(places.keys(), (workload) => places.get(workload)!);
  const entries = new Map<number, Entry>();
  // Where the way is sure first.
  for (const door of [...doors].sort((a, b) => Number(b.sure) - Number(a.sure))) {
    const number = places.get(door.workload);
    if (number !== undefined && !entries.has(number)) entries.set(number, door);
  }
  const served = new Map<Workload, PortSet>();
  const servedBy = (workload: Workload): PortSet => madeOnce(served, workload, () => listening(workload, table));
  const listens = new Map<number, PortSet>();
  const listensOn = (number: number): PortSet => madeOnce(listens, number, () => (members.get(number) ?? []).reduce((all, workload) => table.union(all, servedBy(workload)), table.none));
  const passable = classSetOf([...members.keys()].filter((number) => !closed.has(classes.all[number]!.namespace!)).sort((a, b) => a - b));
  const walk = walkReach(reach, classSetOf([...entries.keys()].sort((a, b) => a - b)), listensOn, passable);

  /** Who of a class it is: one that hears these ports, the entry where it begins. */
  const standIn = (number: number, ports?: PortSet): Workload => entries.get(number)?.workload ?? members.get(number)!.find((workload) => ports === undefined || table.intersection(servedBy(workload), ports) !== table.none)!;
  const stepOf = (from: number, to: number, target: Workload, ports: PortSet): PathStep => ({ from: standIn(from), to: target, ports: portWords(table, ports), by: lettingPolicies(from, to, ports) });
  const lettingPolicies = (from: number, to: number, ports: PortSet): readonly string[] => {
    const decisions = [...(reach.reading(from)?.profiles.decisions(from, 'egress', to) ?? []), ...(reach.reading(to)?.profiles.decisions(to, 'ingress', from) ?? [])];
    const by = decisions.filter(({ effect, ports: own }) => effect === 'allow' && table.intersection(own, ports) !== table.none).flatMap((decision) => decision.by);
    return [...new Set(by.map(({ resource }) => resourceWithKind(resource)))].sort();
  };

  const atDoor = new Set(doors.map((door) => door.workload));
  /** By class, the step to it that ways beyond it have in common. */
  const between = new Map<number, PathStep>();
  return workloads.flatMap((workload) => {
    const number = places.get(workload);
    if (number === undefined || atDoor.has(workload)) return [];
    const last = lastStep(walk, number, entries.has(number), servedBy(workload), table);
    if (!last) return [];
    const sensitivity = sensitivityOf(workload);
    if (!sensitivity) return [];
    const steps = [stepOf(last.from, number, workload, last.ports)];
    let at = last.from;
    for (let step = walk.steps.get(at); step && !entries.has(at); step = walk.steps.get(at)) {
      const { from, ports } = step;
      const to = at;
      steps.push(madeOnce(between, to, () => stepOf(from, to, standIn(to, ports), ports)));
      at = from;
    }
    return [{ workload, sensitivity, entry: entries.get(at)!, steps: steps.reverse(), onlyWay: isOnlyWay(walk, number, servedBy(workload), members, table) }];
  });
}

/** Name servers, which nearly everybody reaches, and components of EKS and its add-ons lead no further: that somebody takes these over is another matter. */
function isFollowed(workload: Workload): boolean {
  return workload.component === undefined && !isNameServer(workload);
}

/** To this workload of a class; where ways begin in the class, from one of its own. */
function lastStep(walk: ReachWalk, number: number, begins: boolean, served: PortSet, table: PortTable): WalkStep | undefined {
  if (begins) return firstHeard(walk, number, served, table);
  const step = walk.steps.get(number);
  if (!step) return undefined;
  const heard = table.intersection(step.ports, served);
  return heard === table.none ? firstHeard(walk, number, served, table) : { from: step.from, ports: heard };
}

function firstHeard(walk: ReachWalk, number: number, served: PortSet, table: PortTable): WalkStep | undefined {
  for (const { from, ports } of walk.stepsTo(number)) {
    const heard = table.intersection(ports, served);
    if (heard !== table.none) return { from, ports: heard };
  }
  return undefined;
}

function isOnlyWay(walk: ReachWalk, number: number, served: PortSet, members: ReadonlyMap<number, readonly Workload[]>, table: PortTable): boolean {
  let senders = 0;
  for (const { from, ports } of walk.stepsTo(number)) {
    if (table.intersection(ports, served) === table.none) continue;
    senders += members.get(from)!.length;
    if (senders > 1) return false;
  }
  return senders === 1;
}

/** By what its containers declare. */
function listening({ spec }: Workload, table: PortTable): PortSet {
  return table.of(
    objectsOf(spec.containers).flatMap(({ ports }) =>
      objectsOf(ports).flatMap(({ containerPort, protocol }) => (typeof containerPort === 'number' ? [{ protocol: typeof protocol === 'string' ? protocol : 'TCP', first: containerPort, last: containerPort }] : [])),
    ),
  );
}

function portWords(table: PortTable, ports: PortSet): string {
  const told = portsOf(table, ports);
  return told.all ? 'every port' : told.ports.map(({ protocol, first, last }) => `${protocol} ${first === last ? first : `${first}-${last}`}`).join(', ');
}
