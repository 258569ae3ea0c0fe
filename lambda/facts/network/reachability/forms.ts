import type { Direction } from '../policy.ts';
import type { Admission } from './admission.ts';
import { areEqual, classSetOf, hashOf, type ClassSet } from './class-set.ts';
import type { Classes } from './classes.ts';
import { KeptOnce } from './kept-once.ts';
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
  const numbers = new Map<string, number>();
  const byProfile = new Map<number, number>();
  const parts: Form['parts'][] = [];
  const members: number[][] = [];
  const of = new Int32Array(classes.all.length);
  for (let number = 0; number < of.length; number++) {
    const profile = profiles.byClass[direction][number]!;
    let form = byProfile.get(profile);
    if (form === undefined) {
      const own = partsOf(profiles.all[profile]!.admission, sets);
      const key = own.map(({ ports, set }) => `${ports} ${set}`).join();
      form = numbers.get(key);
      if (form === undefined) {
        numbers.set(key, (form = parts.push(own) - 1));
        members.push([]);
      }
      byProfile.set(profile, form);
    }
    of[number] = form;
    members[form]!.push(number);
  }
  return { all: parts.map((own, form) => ({ parts: own, members: classSetOf(members[form]!) })), of };
}

function partsOf(admission: Admission, sets: SetTable): Form['parts'] {
  return admission.map(({ ports, peers }) => ({ ports, set: sets.numberOf(peers) })).sort((a, b) => a.ports - b.ports);
}

/** Sets, each once. */
export class SetTable extends KeptOnce<ClassSet> {
  constructor() {
    super(hashOf, areEqual);
  }
}
