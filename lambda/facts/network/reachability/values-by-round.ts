import type { Weights } from './class-set.ts';

/** Values by number that are worked out when they are asked, once a round: what they come from changes from round to round. */
export class ValuesByRound {
  readonly #values: Weights;
  readonly #valueOf: (number: number) => number;
  readonly #rounds: Int32Array;
  #round = 0;

  /** `values`: where they are kept. */
  constructor(values: Weights, valueOf: (number: number) => number) {
    this.#values = values;
    this.#valueOf = valueOf;
    this.#rounds = new Int32Array(values.length);
  }

  /** What is known counts no longer. */
  next(): void {
    this.#round += 1;
  }

  of(number: number): number {
    if (this.#rounds[number] !== this.#round) {
      this.#rounds[number] = this.#round;
      this.#values[number] = this.#valueOf(number);
    }
    return this.#values[number]!;
  }
}
