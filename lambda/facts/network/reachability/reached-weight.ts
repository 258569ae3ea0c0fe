import { weightOfCommon, type ClassSet } from './class-set.ts';
import type { Form, SetTable } from './forms.ts';
import type { PortSet, PortTable } from './port-table.ts';

/** How much each class stands for, and each whole word of a set. */
export interface ClassWeights {
  readonly by: Float64Array;
  readonly words: Float64Array;
}

/** What sources of one egress form reach of some destinations that let them in on these ports. */
export type ReachedWeight = (form: Form, ports: PortSet) => number;

/** What the destinations have in common with a set of peers is worked out once, however many forms it is a part of. */
export function reachedWeight(destinations: ClassSet, sets: SetTable, table: PortTable, worth: ClassWeights): ReachedWeight {
  const common = new Map<number, number>();
  return ({ parts }, ports) => {
    let reached = 0;
    // By index: asked more often than anything else here.
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      if (table.intersection(part.ports, ports) === table.none) continue;
      let weight = common.get(part.set);
      if (weight === undefined) common.set(part.set, (weight = weightOfCommon(sets.get(part.set), destinations, worth.by, worth.words)));
      reached += weight;
    }
    return reached;
  };
}
