import { type Direction, type NamespacedPolicy } from '../policy.ts';
import type { TierPolicy } from '../tier-policies.ts';
import { eachClass } from './class-set.ts';
import type { Classes } from './classes.ts';
import type { RuleCompiler } from './compiled-rule.ts';
import type { Conventions } from './endpoint.ts';
import { ListTable } from './list-table.ts';
import type { NumberList } from './number-lists.ts';
import type { PeerSets } from './peer-sets.ts';

/** Which policies are about a class, as lists of their numbers. */
export interface ClassPolicies {
  readonly lists: ListTable;
  /** By class the NetworkPolicies that isolate it. */
  readonly isolating: { readonly [D in Direction]: Int32Array };
  /** By class the policies of the admin tier. */
  readonly admin: Int32Array;
  /** And of the Baseline, whether it is asked or not. */
  readonly baseline: Int32Array;
  /** Those of the Baseline, where it is asked. */
  baselineOf(number: number, direction: Direction): NumberList;
  /** Its engine lets through in this direction only what a policy opens. */
  isClosed(number: number, direction: Direction): boolean;
}

export function classPolicies(policies: readonly NamespacedPolicy[], tiers: readonly TierPolicy[], parts: { readonly classes: Classes; readonly sets: PeerSets; readonly rules: RuleCompiler; readonly conventions: Conventions }): ClassPolicies {
  const { classes, sets, rules, conventions } = parts;
  const count = classes.all.length;
  const lists = new ListTable();
  const selected = new Uint8Array(count);
  const own = { ingress: new Array<number[] | undefined>(count), egress: new Array<number[] | undefined>(count) };
  for (let number = 0; number < policies.length; number++) {
    const { resource, selector, isolates } = policies[number]!;
    eachClass(sets.inNamespace(resource.namespace, selector), (each) => {
      selected[each] = 1;
      // By index: this is done for each policy of each class.
      for (let i = 0; i < isolates.length; i++) putInto(own[isolates[i]!], each, number);
    });
  }
  const ofTier = { admin: new Array<number[] | undefined>(count), baseline: new Array<number[] | undefined>(count) };
  for (const [number, policy] of tiers.entries()) eachClass(rules.subjectOf(policy), (each) => putInto(ofTier[policy.tier], each, number));
  const numbered = (given: readonly (readonly number[] | undefined)[]): Int32Array => {
    const numbers = new Int32Array(count);
    for (let each = 0; each < count; each++) {
      const list = given[each];
      numbers[each] = list ? lists.numberOf(list) : lists.none;
    }
    return numbers;
  };
  const isolating = { ingress: numbered(own.ingress), egress: numbered(own.egress) };
  const [admin, baseline] = [numbered(ofTier.admin), numbered(ofTier.baseline)];
  return {
    lists,
    isolating,
    admin,
    baseline,
    baselineOf: (number, direction) => {
      const applies = isolating[direction][number] === lists.none && (conventions.baselineInOtherDirection || selected[number] === 0);
      return applies ? baseline[number]! : lists.none;
    },
    isClosed: (number, direction) => {
      if (classes.all[number]!.namespace === undefined) return false;
      return (conventions.denyUnselected === true && selected[number] === 0) || (conventions.denyUnisolated === true && isolating[direction][number] === lists.none);
    },
  };
}

function putInto(lists: (number[] | undefined)[], at: number, number: number): void {
  const list = lists[at];
  if (list) list.push(number);
  else lists[at] = [number];
}
