import { classSetOf, eachClass, hasClass, intersectionOf, wordWeights, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import { formsOf, SetTable } from './forms.ts';
import type { PortSet, PortTable } from './port-table.ts';
import type { Profiles } from './profiles.ts';
import { ReachedWeights } from './reached-weights.ts';

/** Pairs to count: `sources` and `destinations` say by class how many things it stands for on that side. */
export interface PairQuestion {
  readonly classes: Classes;
  readonly table: PortTable;
  /** Whose egress counts for sources, and whose ingress for destinations; both of these classes. */
  readonly egress: Profiles;
  readonly ingress: Profiles;
  readonly sources: Float64Array;
  readonly destinations: Float64Array;
  /** Connections on these ports. */
  readonly asked: PortSet;
}

/**
 * By group of classes: how many pairs of a source and a destination there are of which the first may open some connection to the second, a thing and itself among them. Told to
 * `add` for each two groups that have any, in parts. `groupOf`: by class the number of its group; classes of one group stand together.
 *
 * What sources with one egress form reach among destinations with one ingress form is a product, so that this takes time for each two groups that have something to do with
 * each other, and not for pairs.
 */
export function countPairs({ classes, table, egress, ingress, sources, destinations, asked }: PairQuestion, groupOf: Int32Array, add: (from: number, to: number, pairs: number) => void): void {
  const sets = new SetTable();
  const out = formsOf(classes, egress, 'egress', sets);
  const into = formsOf(classes, ingress, 'ingress', sets);
  const worth = { by: destinations, words: wordWeights(destinations) };
  const reachedWeights = new ReachedWeights(sets, table, worth);
  const spreads = new Map<number, readonly Spread[]>();

  /** The sources in a set, by group and form. */
  function spreadOf(number: number): readonly Spread[] {
    let spread = spreads.get(number);
    if (!spread) spreads.set(number, (spread = spreadOver(intersectionOf(sets.get(number), classes.pods), sources, groupOf, out.of)));
    return spread;
  }

  for (const form of into.all) {
    const near = groupsOf(intersectionOf(form.members, classes.pods), destinations, groupOf);
    for (const part of form.parts) {
      const ports = table.intersection(part.ports, asked);
      if (ports === table.none) continue;
      for (const [to, members] of near) {
        reachedWeights.lookAt(members);
        const values = new Map<number, number>();
        for (const { group, form: number, weight } of spreadOf(part.set)) {
          let reached = values.get(number);
          if (reached === undefined) values.set(number, (reached = reachedWeights.of(out.all[number]!, ports)));
          if (reached > 0) add(group, to, weight * reached);
        }
      }
    }
  }
}

/** Whether things of one class may open some connection on these ports to each other. */
export function mayMeet({ table, egress, ingress, asked }: Pick<PairQuestion, 'table' | 'egress' | 'ingress' | 'asked'>, number: number): boolean {
  const out = egress.of(number, 'egress').admission.find(({ peers }) => hasClass(peers, number))?.ports ?? table.none;
  const into = ingress.of(number, 'ingress').admission.find(({ peers }) => hasClass(peers, number))?.ports ?? table.none;
  return table.intersection(table.intersection(out, into), asked) !== table.none;
}

interface Spread {
  readonly group: number;
  readonly form: number;
  readonly weight: number;
}

function spreadOver(set: ClassSet, weights: Float64Array, groupOf: Int32Array, formOf: Int32Array): readonly Spread[] {
  const found: Spread[] = [];
  const inGroup = new Map<number, number>();
  let group = -1;
  const flush = (): void => {
    for (const [form, weight] of inGroup) found.push({ group, form, weight });
    inGroup.clear();
  };
  eachClass(set, (number) => {
    if (weights[number] === 0) return;
    if (groupOf[number] !== group) flush();
    group = groupOf[number]!;
    inGroup.set(formOf[number]!, (inGroup.get(formOf[number]!) ?? 0) + weights[number]!);
  });
  flush();
  return found;
}

/** The classes of a set that stand for something, by group. */
function groupsOf(set: ClassSet, weights: Float64Array, groupOf: Int32Array): ReadonlyMap<number, ClassSet> {
  const found = new Map<number, number[]>();
  eachClass(set, (number) => {
    if (weights[number] === 0) return;
    const list = found.get(groupOf[number]!);
    if (list) list.push(number);
    else found.set(groupOf[number]!, [number]);
  });
  return new Map([...found].map(([group, numbers]) => [group, classSetOf(numbers)]));
}
