import { NO_CLASSES, noWeights, weightOfCommon, type ClassSet, type Weights } from './class-set.ts';
import type { Form, SetTable } from './forms.ts';
import type { PortSet, PortTable } from './port-table.ts';
import { ValuesByRound } from './values-by-round.ts';

/** How much each class stands for, and each whole word of a set. */
export interface ClassWeights {
  readonly by: Weights;
  readonly words: Weights;
}

/** What is reached of some destinations after others, by egress form of the sources. `sets`: of all forms that will be asked. */
export class ReachedWeights {
  readonly #table: PortTable;
  #destinations: ClassSet = NO_CLASSES;
  /** By the number of a set what the destinations have in common with it: worked out once, however many forms it is a part of. */
  readonly #common: ValuesByRound;

  constructor(sets: SetTable, table: PortTable, worth: ClassWeights) {
    this.#table = table;
    this.#common = new ValuesByRound(noWeights(worth.by, sets.size), (set) => weightOfCommon(sets.get(set), this.#destinations, worth.by, worth.words));
  }

  /** From now on it is about these. */
  lookAt(destinations: ClassSet): void {
    this.#destinations = destinations;
    this.#common.next();
  }

  /** What sources of a form reach of those that let them in on these ports. */
  of({ parts }: Form, ports: PortSet): number {
    let reached = 0;
    // By index: asked more often than anything else here.
    for (let i = 0; i < parts.length; i++) {
      const { ports: open, set } = parts[i]!;
      if (this.#table.intersection(open, ports) !== this.#table.none) reached += this.#common.of(set);
    }
    return reached;
  }
}
