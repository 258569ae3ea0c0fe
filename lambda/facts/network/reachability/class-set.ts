/**
 * A set of numbers from 0 on: the 32-bit words of its bits that are not zero, ascending by position. Numbers are given out by namespace, so that what
 * lies in one namespace takes a word or two, however many there are.
 */
export interface ClassSet {
  /** Positions of the words. */
  readonly at: readonly number[];
  readonly words: readonly number[];
}

// Plain lists: most have a word or two, and typed ones cost more to make than all that is done with them.

export const NO_CLASSES: ClassSet = { at: [], words: [] };

export function isNone({ at }: ClassSet): boolean {
  return at.length === 0;
}

/** From numbers in ascending order; the same one may come again. */
export function classSetOf(sorted: readonly number[]): ClassSet {
  if (sorted.length === 0) return NO_CLASSES;
  // Not empty ones to begin with: the first number that is put into such a list makes room for seventeen.
  const at = [sorted[0]! >>> 5];
  const words = [0];
  for (let i = 0; i < sorted.length; i++) {
    const position = sorted[i]! >>> 5;
    if (at[at.length - 1] !== position) {
      at.push(position);
      words.push(0);
    }
    words[words.length - 1]! |= 1 << (sorted[i]! & 31);
  }
  return { at, words };
}

/** All numbers from `first` up to, without, `end`. */
export function classRange(first: number, end: number): ClassSet {
  if (first >= end) return NO_CLASSES;
  const low = first >>> 5;
  const high = (end - 1) >>> 5;
  const at: number[] = [];
  const words: number[] = [];
  for (let position = low; position <= high; position++) {
    at.push(position);
    words.push(-1);
  }
  words[0]! &= -1 << (first & 31);
  words[words.length - 1]! &= -1 >>> (31 - ((end - 1) & 31));
  return { at, words };
}

export function hasClass(set: ClassSet, number: number): boolean {
  return (wordAt(set, number >>> 5) & (1 << (number & 31))) !== 0;
}

/** The word at a position, which may be zero. */
function wordAt({ at, words }: ClassSet, position: number): number {
  const i = positionOf(at, position, 0);
  return i < at.length && at[i] === position ? words[i]! : 0;
}

/** A set of one word with another in its place; the set itself where it is the same one, as mostly. */
function withWord(one: ClassSet, word: number): ClassSet {
  return word === one.words[0] ? one : word === 0 ? NO_CLASSES : { at: one.at, words: [word] };
}

/** How many numbers are in it. */
export function sizeOf({ words }: ClassSet): number {
  let size = 0;
  for (let i = 0; i < words.length; i++) {
    let word = words[i]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    size += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return size;
}

/** Calls back with each number, ascending. */
export function eachClass({ at, words }: ClassSet, visit: (number: number) => void): void {
  for (let i = 0; i < at.length; i++) {
    const base = at[i]! << 5;
    for (let word = words[i]!; word !== 0; word &= word - 1) visit(base + 31 - Math.clz32(word & -word));
  }
}

export function unionOfClasses(a: ClassSet, b: ClassSet): ClassSet {
  if (isNone(a)) return b;
  if (isNone(b) || a === b) return a;
  if (a.at.length === 1 && b.at.length === 1 && a.at[0] === b.at[0]) return withWord(a, a.words[0]! | b.words[0]!);
  const at: number[] = [];
  const words: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.at.length && j < b.at.length) {
    const left = a.at[i]!;
    const right = b.at[j]!;
    at.push(left < right ? left : right);
    words.push((left <= right ? a.words[i++]! : 0) | (right <= left ? b.words[j++]! : 0));
  }
  for (; i < a.at.length; i++) {
    at.push(a.at[i]!);
    words.push(a.words[i]!);
  }
  for (; j < b.at.length; j++) {
    at.push(b.at[j]!);
    words.push(b.words[j]!);
  }
  return { at, words };
}

/** Of sets of which many are small. */
export function unionOfAll(sets: readonly ClassSet[]): ClassSet {
  let level = sets;
  while (level.length > 1) {
    const next: ClassSet[] = [];
    for (let i = 0; i < level.length; i += 2) next.push(i + 1 < level.length ? unionOfClasses(level[i]!, level[i + 1]!) : level[i]!);
    level = next;
  }
  return level[0] ?? NO_CLASSES;
}

export function intersectionOf(a: ClassSet, b: ClassSet): ClassSet {
  if (a === b) return a;
  const few = a.at.length <= b.at.length ? a : b;
  const many = few === a ? b : a;
  // Most are of one word.
  if (few.at.length === 1) return withWord(few, few.words[0]! & wordAt(many, few.at[0]!));
  const at: number[] = [];
  const words: number[] = [];
  let j = 0;
  for (let i = 0; i < few.at.length && j < many.at.length; i++) {
    const position = few.at[i]!;
    j = positionOf(many.at, position, j);
    if (j >= many.at.length || many.at[j] !== position) continue;
    const word = few.words[i]! & many.words[j]!;
    if (word === 0) continue;
    at.push(position);
    words.push(word);
  }
  return at.length === 0 ? NO_CLASSES : { at, words };
}

/** What is in `a` and not in `b`. */
export function differenceOf(a: ClassSet, b: ClassSet): ClassSet {
  if (a === b) return NO_CLASSES;
  if (isNone(a) || isNone(b)) return a;
  if (a.at.length === 1) return withWord(a, a.words[0]! & ~wordAt(b, a.at[0]!));
  const at: number[] = [];
  const words: number[] = [];
  let j = 0;
  for (let i = 0; i < a.at.length; i++) {
    const position = a.at[i]!;
    j = positionOf(b.at, position, j);
    const word = j < b.at.length && b.at[j] === position ? a.words[i]! & ~b.words[j]! : a.words[i]!;
    if (word === 0) continue;
    at.push(position);
    words.push(word);
  }
  return at.length === 0 ? NO_CLASSES : { at, words };
}

export function areEqual(a: ClassSet, b: ClassSet): boolean {
  if (a === b) return true;
  if (a.at.length !== b.at.length) return false;
  for (let i = 0; i < a.at.length; i++) if (a.at[i] !== b.at[i] || a.words[i] !== b.words[i]) return false;
  return true;
}

/** By number what it counts for. Whole numbers cost less where they are few enough. */
export type Weights = Int32Array | Float64Array;

/** Sum of the weights of what is in both; `words`: the sum of each whole word. */
export function weightOfCommon(a: ClassSet, b: ClassSet, weights: Weights, words: Weights): number {
  const few = a.at.length <= b.at.length ? a : b;
  const many = few === a ? b : a;
  let sum = 0;
  let j = 0;
  for (let i = 0; i < few.at.length && j < many.at.length; i++) {
    const at = few.at[i]!;
    j = positionOf(many.at, at, j);
    if (j >= many.at.length || many.at[j] !== at) continue;
    const common = few.words[i]! & many.words[j]!;
    if (common === -1) sum += words[at]!;
    else for (let word = common; word !== 0; word &= word - 1) sum += weights[(at << 5) + 31 - Math.clz32(word & -word)]!;
  }
  return sum;
}

/** Weights of whole words, for `weightOfCommon`. */
export function wordWeights(weights: Weights): Weights {
  const words = noWeights(weights, (weights.length >>> 5) + 1);
  for (let i = 0; i < weights.length; i++) words[i >>> 5]! += weights[i]!;
  return words;
}

/** So many that count for nothing yet, of the same kind of number. */
export function noWeights(like: Weights, count: number): Weights {
  return like instanceof Int32Array ? new Int32Array(count) : new Float64Array(count);
}

/** The same number for equal sets. */
export function hashOf({ at, words }: ClassSet): number {
  let hash = at.length;
  for (let i = 0; i < at.length; i++) hash = Math.imul(Math.imul(hash ^ at[i]!, 0x9e3779b1) ^ words[i]!, 0x85ebca6b) ^ (hash >>> 15);
  return hash;
}

/** Where the first position not below `sought` stands, from `from` on: steps that double, then halves. */
function positionOf(at: readonly number[], sought: number, from: number): number {
  if (from >= at.length || at[from]! >= sought) return from;
  // Large sets leave few words out, and mostly none between here and there.
  const near = from + sought - at[from]!;
  if (near < at.length && at[near] === sought) return near;
  let step = 1;
  let low = from;
  while (low + step < at.length && at[low + step]! < sought) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, at.length);
  low += 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at[middle]! < sought) low = middle + 1;
    else high = middle;
  }
  return low;
}
