/** Number of a list of policies; equal lists have equal numbers. */
export type PolicyList = number;

/** Lists of policies by their numbers, each made once: a list is a shorter one and one more. */
export class PolicyLists {
  readonly none: PolicyList = 0;
  readonly #shorter: number[] = [0];
  readonly #last: number[] = [-1];
  readonly #numbers = new Map<number, PolicyList>();

  add(list: PolicyList, policy: number): PolicyList {
    const key = list * 0x4000000 + policy;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#last.push(policy) - 1;
      this.#shorter.push(list);
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** In the order in which they were added. */
  of(list: PolicyList): readonly number[] {
    const found: number[] = [];
    for (let each = list; each !== this.none; each = this.#shorter[each]!) found.push(this.#last[each]!);
    return found.reverse();
  }
}
