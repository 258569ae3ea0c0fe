import { NO_CLASSES, noWeights, weightOfCommon, type ClassSet, type Weights } from './class-set.ts';
import type { Form, SetTable } from './forms.ts';
import type { PortSet, PortTable } from './port-table.ts';

/** How much each class stands for, and each whole word of a set. */
export interface ClassWeights {
  readonly by: Weights;
  readonly words: Weights;
}

/** What is reached of some destinations after others, by egress form of the sources. `sets`: of all forms that will be asked. */
export class ReachedWeights {
  readonly #sets: SetTable;
  readonly #table: PortTable;
  readonly #worth: ClassWeights;
  #destinations: ClassSet = NO_CLASSES;
  /** Of the sets that were asked for these destinations what they have in common with them: worked out once, however many forms a set is a part of. */
  #round = 0;
  readonly #rounds: Int32Array;
  readonly #common: Weights;

  constructor(sets: SetTable, table: PortTable, worth: ClassWeights) {
    this.#sets = sets;
    this.#table = table;
    this.#worth = worth;
    this.#rounds = new Int32Array(sets.size);
    this.#common = noWeights(worth.by, sets.size);
  }

  /** From now on it is about these. */
  lookAt(destinations: ClassSet): void {
    this.#destinations = destinations;
    this.#round += 1;
  }

  /** What sources of a form reach of those that let them in on these ports. */
  of({ parts }: Form, ports: PortSet): number {
    let reached = 0;
    // By index: asked more often than anything else here.
    for (let i = 0; i < parts.length; i++) {
      const { ports: open, set } = parts[i]!;
      if (this.#table.intersection(open, ports) !== this.#table.none) reached += this.#commonWith(set);
    }
    return reached;
  }

  #commonWith(set: number): number {
    if (this.#rounds[set] !== this.#round) {
      this.#rounds[set] = this.#round;
      this.#common[set] = weightOfCommon(this.#sets.get(set), this.#destinations, this.#worth.by, this.#worth.words);
    }
    return this.#common[set]!;
  }
}
