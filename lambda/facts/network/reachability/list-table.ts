import type { NumberList } from './number-lists.ts';

/** Whole lists of numbers, each kept once: equal ones have equal numbers, and the empty one is 0. */
export class ListTable {
  readonly none: NumberList = 0;
  readonly #lists: (readonly number[])[] = [[]];
  readonly #byHash = new Map<number, NumberList[]>();

  numberOf(list: readonly number[]): NumberList {
    if (list.length === 0) return this.none;
    const hash = hashOf(list);
    const alike = this.#byHash.get(hash);
    if (alike) for (const number of alike) if (areEqual(this.#lists[number]!, list)) return number;
    const made = this.#lists.push(list) - 1;
    if (alike) alike.push(made);
    else this.#byHash.set(hash, [made]);
    return made;
  }

  of(number: NumberList): readonly number[] {
    return this.#lists[number]!;
  }
}

function hashOf(list: readonly number[]): number {
  let hash = list.length;
  for (let i = 0; i < list.length; i++) hash = Math.imul(hash ^ list[i]!, 0x9e3779b1) ^ (hash >>> 15);
  return hash;
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
