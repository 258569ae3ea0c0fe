/** Number of a list of numbers; equal lists have equal numbers. */
export type NumberList = number;

/** Lists of numbers by a number of their own, each made once: a list is a shorter one and one more. Stands for a text of them as a key, and is made faster. */
export class NumberLists {
  readonly none: NumberList = 0;
  readonly #shorter: number[] = [0];
  readonly #last: number[] = [-1];
  readonly #numbers = new Map<number, NumberList>();

  add(list: NumberList, number: number): NumberList {
    const key = list * 0x4000000 + number;
    let made = this.#numbers.get(key);
    if (made === undefined) {
      made = this.#last.push(number) - 1;
      this.#shorter.push(list);
      this.#numbers.set(key, made);
    }
    return made;
  }

  /** In the order in which they were added. */
  of(list: NumberList): readonly number[] {
    const found: number[] = [];
    for (let each = list; each !== this.none; each = this.#shorter[each]!) found.push(this.#last[each]!);
    return found.reverse();
  }
}
