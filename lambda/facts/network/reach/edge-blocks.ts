import { classSetOf, differenceOf, intersectionOf, isNone, unionOfAll, type ClassSet } from '../reachability/class-set.ts';
import { SetTable } from '../reachability/forms.ts';
import type { PortSet, PortTable } from '../reachability/port-table.ts';
import type { JointForm, JointForms } from './joint-forms.ts';

/** Connections from each of the sources to each of the destinations on these ports. */
export interface EdgeBlock {
  readonly sources: ClassSet;
  readonly destinations: ClassSet;
  readonly ports: PortSet;
}

/** By class the numbers of its forms, before and after. */
export interface FormsOfClasses {
  readonly egress: readonly [before: number, after: number][];
  readonly ingress: readonly [before: number, after: number][];
}

/** What is let through after and was not before, and the other way round. Forms that did not change on both ends are not looked at: it takes time for what changed, beside the forms that there are. */
export function changedBlocks({ egress, ingress }: FormsOfClasses, forms: JointForms, table: PortTable): { readonly opened: readonly EdgeBlock[]; readonly closed: readonly EdgeBlock[] } {
  const opened: EdgeBlock[] = [];
  const closed: EdgeBlock[] = [];
  const sources = groupsOf(egress);
  const destinations = groupsOf(ingress);
  const changed = destinations.filter(isChanged);
  for (const source of sources) {
    for (const destination of isChanged(source) ? destinations : changed) {
      const [from, to] = [pieces(source.members, destination, forms), pieces(destination.members, source, forms)];
      for (const a of from) {
        for (const b of to) {
          const before = meeting(a.before, b.before, table);
          const after = meeting(a.after, b.after, table);
          if (before === after) continue;
          const ends = { sources: a.members, destinations: b.members };
          const [more, less] = [table.difference(after, before), table.difference(before, after)];
          if (more !== table.none) opened.push({ ...ends, ports: more });
          if (less !== table.none) closed.push({ ...ends, ports: less });
        }
      }
    }
  }
  return { opened, closed };
}

interface Group {
  readonly before: number;
  readonly after: number;
  readonly members: ClassSet;
}

function isChanged({ before, after }: Group): boolean {
  return before !== after;
}

function groupsOf(pairs: readonly (readonly [number, number])[]): readonly Group[] {
  const groups = new Map<string, { readonly before: number; readonly after: number; readonly numbers: number[] }>();
  for (const [number, [before, after]] of pairs.entries()) {
    const key = `${before} ${after}`;
    const group = groups.get(key);
    if (group) group.numbers.push(number);
    else groups.set(key, { before, after, numbers: [number] });
  }
  return [...groups.values()].map(({ before, after, numbers }) => ({ before, after, members: classSetOf(numbers) }));
}

interface Piece {
  readonly members: ClassSet;
  /** On which ports the other end lets them through; undefined: on none. */
  readonly before: PortSet | undefined;
  readonly after: PortSet | undefined;
}

/** Members by what the other end lets them do, before and after; those that it lets do nothing left out. */
function pieces(members: ClassSet, other: Group, forms: JointForms): readonly Piece[] {
  const now = forms.get(other.after);
  const found: Piece[] = [];
  const split = (part: ClassSet, before: PortSet | undefined): void => {
    const { among, rest } = splitBy(part, now);
    for (const { ports, members: own } of among) found.push({ members: own, before, after: ports });
    if (before !== undefined && !isNone(rest)) found.push({ members: rest, before, after: undefined });
  };
  const { among, rest } = splitBy(members, forms.get(other.before));
  for (const { ports, members: own } of among) split(own, ports);
  if (!isNone(rest)) split(rest, undefined);
  return found;
}

function splitBy(members: ClassSet, { parts }: JointForm): { readonly among: readonly { readonly ports: PortSet; readonly members: ClassSet }[]; readonly rest: ClassSet } {
  let rest = members;
  const among: { ports: PortSet; members: ClassSet }[] = [];
  for (const { ports, peers } of parts) {
    if (isNone(rest)) break;
    const own = intersectionOf(rest, peers);
    if (isNone(own)) continue;
    among.push({ ports, members: own });
    rest = differenceOf(rest, own);
  }
  return { among, rest };
}

function meeting(a: PortSet | undefined, b: PortSet | undefined, table: PortTable): PortSet {
  return a === undefined || b === undefined ? table.none : table.intersection(a, b);
}

/** The same connections in fewer blocks: those to the same destinations on the same ports together, then those from the same sources. */
export function joinedBlocks(blocks: readonly EdgeBlock[]): readonly EdgeBlock[] {
  const sets = new SetTable();
  const byDestinations = joinedBy(blocks, ({ destinations, ports }) => `${sets.numberOf(destinations)} ${ports}`);
  const once = byDestinations.map((alike) => ({ ...alike[0]!, sources: unionOfAll(alike.map(({ sources }) => sources)) }));
  const bySources = joinedBy(once, ({ sources, ports }) => `${sets.numberOf(sources)} ${ports}`);
  return bySources.map((alike) => ({ ...alike[0]!, destinations: unionOfAll(alike.map(({ destinations }) => destinations)) }));
}

function joinedBy(blocks: readonly EdgeBlock[], keyOf: (block: EdgeBlock) => string): readonly (readonly EdgeBlock[])[] {
  return [...Map.groupBy(blocks, keyOf).values()];
}
