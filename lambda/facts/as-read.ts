/**
 * What a cluster says may be of another type than its API gives it: a capture can hold anything. Readers see to it that objects and lists
 * stand where they belong; of the values in them these functions make what a fact can go on with. A wrong one is shown as it is written, never
 * taken for nothing where that could hide something.
 */

// Asked of every object of a cluster, in a run too short for the engine to make an iterator cheap: these go by index.

/** A text as it is; anything else as JSON, so that it still shows and still compares. Absent stays absent. */
export function written(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A text that is there and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const NONE: readonly never[] = Object.freeze([]);

/** A list as it is; anything else is none. */
export function listOf<T>(value: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : NONE;
}

/** The objects of a list; the list itself where that is all of it, as nearly always. */
export function objectsOf<T extends object>(value: readonly T[] | null | undefined): readonly T[] {
  const list = listOf(value);
  for (let i = 0; i < list.length; i++) if (!isObject(list[i])) return list.filter(isObject);
  return list;
}

function isObject(item: unknown): boolean {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

/** The texts of a list; the list itself where that is all of it. */
export function textsOf(value: readonly string[] | null | undefined): readonly string[] {
  const list = listOf(value);
  for (let i = 0; i < list.length; i++) if (typeof list[i] !== 'string') return list.filter((each) => typeof each === 'string');
  return list;
}

/** Labels and the like: what of an object has a text for its value. The object itself where that is all of it. */
export function pairsOf(value: Readonly<Record<string, string>> | null | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  for (const key in value) {
    if (typeof value[key] !== 'string') return Object.fromEntries(Object.entries(value).filter(([, inner]) => typeof inner === 'string'));
  }
  return value;
}
