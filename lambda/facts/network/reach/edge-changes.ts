import { compareText } from '../../../model/compare-text.ts';
import { classSetOf, intersectionOf, isNone, unionOfClasses, type ClassSet } from '../reachability/class-set.ts';
import type { PortTable } from '../reachability/port-table.ts';
import type { EdgeBlock } from './edge-blocks.ts';
import type { PairedWorkload } from './paired-workloads.ts';
import { placeSetOf, workloadsIn, type PlaceSet } from './place-set.ts';
import type { ReachPorts } from './reach-answer.ts';
import { hasOtherProtocols, portsOf } from './reach-ports.ts';

/** Connections from each of these workloads to each of those. Everybody: of `policies` those that are there before and after, of `workloads` all that are there on the one side. */
export interface EdgeChange {
  readonly kind: 'opened' | 'closed';
  /** `workloads`: one of its ends came or went. */
  readonly because: 'policies' | 'workloads';
  readonly from: PlaceSet;
  readonly to: PlaceSet;
  readonly ports: ReachPorts;
  /** Protocols other than TCP, UDP and SCTP too, where these are not all ports. */
  readonly otherProtocols: boolean;
  /** Ordered pairs of workloads, a workload and its own other pods among them. */
  readonly pairs: number;
}

/** In an order that depends on the changes alone: what policies did first. */
export function edgeChanges(kind: EdgeChange['kind'], blocks: readonly EdgeBlock[], members: readonly (readonly PairedWorkload[])[], table: PortTable): readonly EdgeChange[] {
  const those = (is: (workload: PairedWorkload) => boolean): ClassSet => classSetOf([...members.keys()].filter((number) => is(members[number]![0]!)));
  const stayed = those(({ before, after }) => before !== undefined && after !== undefined);
  const moved = those((workload) => workload[kind === 'opened' ? 'before' : 'after'] === undefined);
  const there = unionOfClasses(stayed, moved);
  const found: EdgeChange[] = [];
  const tell = (because: EdgeChange['because'], { ports, sources, destinations }: EdgeBlock, universe = there): void => {
    if (isNone(sources) || isNone(destinations)) return;
    const told = portsOf(table, ports);
    found.push({
      ...{ kind, because },
      from: placeSetOf(sources, universe, members),
      to: placeSetOf(destinations, universe, members),
      ports: told,
      otherProtocols: !told.all && hasOtherProtocols(table, ports),
      pairs: workloadsIn(sources, members) * workloadsIn(destinations, members),
    });
  };
  for (const block of blocks) {
    const { sources, destinations } = block;
    const [from, to] = [intersectionOf(sources, stayed), intersectionOf(destinations, stayed)];
    tell('policies', { ...block, sources: from, destinations: to }, stayed);
    // Both ends may be new: such pairs are in both rows, so that each says in few words what its end came with.
    const [newFrom, newTo] = [intersectionOf(sources, moved), intersectionOf(destinations, moved)];
    tell('workloads', { ...block, destinations: newTo });
    if (!isNone(to)) tell('workloads', { ...block, sources: newFrom });
  }
  const order = new Map(found.map((change) => [change, JSON.stringify([change.because, change.to, change.from, change.ports])]));
  return found.sort((a, b) => compareText(order.get(a)!, order.get(b)!));
}
