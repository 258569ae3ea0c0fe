/** Things of one kind, each kept once: equal ones have equal numbers, from 0 on. */
export class KeptOnce<T> {
  readonly #things: T[] = [];
  readonly #byHash = new Map<number, number[]>();
  readonly #hashOf: (thing: T) => number;
  readonly #areEqual: (a: T, b: T) => boolean;

  /** `hashOf`: the same number for equal things. */
  constructor(hashOf: (thing: T) => number, areEqual: (a: T, b: T) => boolean) {
    this.#hashOf = hashOf;
    this.#areEqual = areEqual;
  }

  /** How many there are. */
  get size(): number {
    return this.#things.length;
  }

  get(number: number): T {
    return this.#things[number]!;
  }

  numberOf(thing: T): number {
    const hash = this.#hashOf(thing);
    const alike = this.#byHash.get(hash);
    if (alike) for (const number of alike) if (this.#areEqual(this.#things[number]!, thing)) return number;
    const made = this.#things.push(thing) - 1;
    if (alike) alike.push(made);
    else this.#byHash.set(hash, [made]);
    return made;
  }
}
