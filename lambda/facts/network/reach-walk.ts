import type { EnforcedReach } from './enforced-reach.ts';
import type { Direction } from './policy.ts';
import type { Admission } from './reachability/admission.ts';
import { classRange, classSetOf, differenceOf, eachClass, hasClass, intersectionOf, isNone, unionOfClasses, type ClassSet } from './reachability/class-set.ts';
import type { PortSet } from './reachability/port-table.ts';

/** The last step of a shortest way to a class. */
export interface WalkStep {
  readonly from: number;
  readonly ports: PortSet;
}

export interface ReachWalk {
  /** By class that is reached, those where it begins left out. */
  readonly steps: ReadonlyMap<number, WalkStep>;
  /** Steps to a class from any that is reached, itself among them. */
  stepsTo(number: number): Iterable<WalkStep>;
}

/**
 * All classes to which connections lead from some, over any number of others, nearest first. `listens`: ports on which some member of a class is known to listen; `passable`: classes about whose policies all is known.
 *
 * Goes by what policies do and not by class: what many sources let out and what many destinations let in is looked at once a distance.
 */
export function walkReach({ written, reading }: EnforcedReach, starts: ClassSet, listens: (number: number) => PortSet, passable: ClassSet): ReachWalk {
  const { classes, table } = written;
  const everybody = classRange(0, classes.all.length);
  const open: Admission = [{ ports: table.all, peers: everybody }];
  const admissionOf = (number: number, direction: Direction): Admission => reading(number)?.profiles.of(number, direction).admission ?? open;
  const destinations = groupsOf(intersectionOf(classes.pods, passable), (number) => admissionOf(number, 'ingress'));
  const steps = new Map<number, WalkStep>();
  let reached = starts;
  for (let frontier = intersectionOf(starts, passable); !isNone(frontier); ) {
    const sources = groupsOf(frontier, (number) => admissionOf(number, 'egress'));
    const next: number[] = [];
    for (const [ingress, members] of destinations) {
      let left = differenceOf(members, reached);
      if (isNone(left)) continue;
      for (const [egress, from] of sources) {
        const found = [...stepsBetween(egress, from, ingress, left)];
        if (found.length === 0) continue;
        for (const { to, from: sender, ports } of found) {
          steps.set(to, { from: sender, ports });
          next.push(to);
        }
        left = differenceOf(left, classSetOf(found.map(({ to }) => to).sort((a, b) => a - b)));
        if (isNone(left)) break;
      }
    }
    frontier = classSetOf(next.sort((a, b) => a - b));
    reached = unionOfClasses(reached, frontier);
  }

  /** From one of the sources, the first, to each of the destinations. */
  function* stepsBetween(egress: Admission, from: ClassSet, ingress: Admission, to: ClassSet): Iterable<WalkStep & { readonly to: number }> {
    const found = new Set<number>();
    for (const into of ingress) {
      const senders = intersectionOf(into.peers, from);
      if (isNone(senders)) continue;
      const sender = firstOf(senders);
      for (const out of egress) {
        const ports = table.intersection(out.ports, into.ports);
        if (ports === table.none) continue;
        for (const number of numbersOf(intersectionOf(out.peers, to))) {
          const heard = table.intersection(ports, listens(number));
          if (heard === table.none || found.has(number)) continue;
          found.add(number);
          yield { from: sender, to: number, ports: heard };
        }
      }
    }
  }

  return {
    steps,
    *stepsTo(number) {
      for (const { ports, peers } of admissionOf(number, 'ingress')) {
        for (const from of numbersOf(intersectionOf(intersectionOf(peers, reached), passable))) {
          const out = admissionOf(from, 'egress').find((part) => hasClass(part.peers, number))?.ports ?? table.none;
          const heard = table.intersection(table.intersection(out, ports), listens(number));
          if (heard !== table.none) yield { from, ports: heard };
        }
      }
    },
  };
}

/** Classes that share one answer. */
function groupsOf(set: ClassSet, answer: (number: number) => Admission): ReadonlyMap<Admission, ClassSet> {
  const numbers = new Map<Admission, number[]>();
  eachClass(set, (number) => {
    const own = answer(number);
    const list = numbers.get(own);
    if (list) list.push(number);
    else numbers.set(own, [number]);
  });
  return new Map([...numbers].map(([own, list]) => [own, classSetOf(list)]));
}

function numbersOf(set: ClassSet): readonly number[] {
  const found: number[] = [];
  eachClass(set, (number) => found.push(number));
  return found;
}

function firstOf(set: ClassSet): number {
  return numbersOf(set)[0]!;
}
