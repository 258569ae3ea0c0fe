import { KeptOnce } from './kept-once.ts';
import type { NumberList } from './number-lists.ts';

/** Whole lists of numbers; the empty one is number 0. */
export class ListTable extends KeptOnce<readonly number[]> {
  readonly none: NumberList;

  constructor() {
    super(hashOf, areEqual);
    this.none = this.numberOf([]);
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
