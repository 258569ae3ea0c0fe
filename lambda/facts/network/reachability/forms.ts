import type { Direction } from '../policy.ts';
import type { Admission } from './admission.ts';
import { areEqual, classSetOf, hashOf, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import { KeptOnce } from './kept-once.ts';
import { NumberLists, type NumberList } from './number-lists.ts';
import type { PortSet } from './port-table.ts';
import type { Profiles } from './profiles.ts';

/** Classes to which policies do the same in one direction. */
export interface Form {
  /** Sorted by ports; `set`: the number of the peers in the table of sets. */
  readonly parts: readonly { readonly ports: PortSet; readonly set: number }[];
  readonly members: ClassSet;
}

export interface Forms {
  readonly all: readonly Form[];
  /** By class the number of its form. */
  readonly of: Int32Array;
}

export function formsOf(classes: Classes, profiles: Profiles, direction: Direction, sets: SetTable): Forms {
  const lists = new NumberLists();
  const numbers = new Map<NumberList, number>();
  const byProfile = new Map<number, number>();
  const parts: Form['parts'][] = [];
  const members: number[][] = [];
  const of = new Int32Array(classes.all.length);
  for (let number = 0; number < of.length; number++) {
    const profile = profiles.byClass[direction][number]!;
    let form = byProfile.get(profile);
    if (form === undefined) {
      const own = partsOf(profiles.all[profile]!.admission, sets);
      let key = lists.none;
      for (let i = 0; i < own.length; i++) key = lists.add(lists.add(key, own[i]!.ports), own[i]!.set);
      form = numbers.get(key);
      if (form === undefined) numbers.set(key, (form = parts.push(own) - 1));
      byProfile.set(profile, form);
    }
    of[number] = form;
    const alike = members[form];
    if (alike) alike.push(number);
    else members.push([number]);
  }
  return { all: parts.map((own, form) => ({ parts: own, members: classSetOf(members[form]!) })), of };
}

function partsOf(admission: Admission, sets: SetTable): Form['parts'] {
  return admission.map(({ ports, peers }) => ({ ports, set: sets.numberOf(peers) }));
}

/** Sets, each once. */
export class SetTable extends KeptOnce<ClassSet> {
  constructor() {
    super(hashOf, areEqual);
  }
}
