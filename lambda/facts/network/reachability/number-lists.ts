import { pairKey } from './pair-key.ts';

/** Number of a list of numbers; equal lists have equal numbers. */
export type NumberList = number;

/** Lists of numbers by a number of their own: a list is a shorter one and one more. Stands for a text of them as a key, and is made faster. */
export class NumberLists {
  readonly none: NumberList = 0;
  readonly #numbers = new Map<number, NumberList>();

  add(list: NumberList, number: number): NumberList {
    const key = pairKey(list, number);
    let made = this.#numbers.get(key);
    if (made === undefined) this.#numbers.set(key, (made = this.#numbers.size + 1));
    return made;
  }
}
