import { noWeights, weightOfCommon, type ClassSet, type Weights } from './class-set.ts';
import type { Form, SetTable } from './forms.ts';
import type { PortSet, PortTable } from './port-table.ts';

/** How much each class stands for, and each whole word of a set. */
export interface ClassWeights {
  readonly by: Weights;
  readonly words: Weights;
}

/** What sources of one egress form reach of some destinations that let them in on these ports. */
export type ReachedWeight = (form: Form, ports: PortSet) => number;

/**
 * Weighs what is reached of some destinations after others. What those that were asked last have in common with a set of peers is worked out once, however many forms it is
 * a part of. `sets`: of all forms that will be asked.
 */
export function reachedWeights(sets: SetTable, table: PortTable, worth: ClassWeights): (destinations: ClassSet) => ReachedWeight {
  const common = { value: noWeights(worth.by, sets.size), of: new Int32Array(sets.size) };
  let last = 0;
  return (destinations) => {
    const own = ++last;
    return ({ parts }, ports) => {
      let reached = 0;
      // By index: asked more often than anything else here.
      for (let i = 0; i < parts.length; i++) {
        const { ports: open, set } = parts[i]!;
        if (table.intersection(open, ports) === table.none) continue;
        if (common.of[set] !== own) {
          common.of[set] = own;
          common.value[set] = weightOfCommon(sets.get(set), destinations, worth.by, worth.words);
        }
        reached += common.value[set]!;
      }
      return reached;
    };
  };
}
