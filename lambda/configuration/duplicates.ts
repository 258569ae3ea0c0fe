import { shown } from './shown.ts';
import type { Path } from './yaml-text.ts';

/** Lists in which nothing may stand twice, and the key that tells two of their entries apart where they are mappings. */
const UNIQUE: readonly { readonly list: readonly (string | '*')[]; readonly key?: string; readonly what: string }[] = [
  { list: ['accounts'], what: 'this account' },
  { list: ['regions'], what: 'this region' },
  { list: ['clusters', 'include'], what: 'this pattern' },
  { list: ['clusters', 'exclude'], what: 'this pattern' },
  { list: ['routes'], key: 'name', what: 'a route of this name' },
  { list: ['routes', '*', 'email'], what: 'this address' },
  { list: ['operations', 'email'], what: 'this address' },
  { list: ['vantages'], key: 'name', what: 'a vantage of this name' },
  { list: ['vantages', '*', 'subnetIds'], what: 'this subnet' },
  { list: ['endpoints', 'suffixes'], what: 'this suffix' },
  { list: ['endpoints', 'addresses'], what: 'this block' },
];

export interface Duplicate {
  readonly path: Path;
  readonly message: string;
}

/** Entries that stand twice. Looks at the file as it is written, so that it finds them beside whatever else is wrong. */
export function duplicates(value: unknown): readonly Duplicate[] {
  return UNIQUE.flatMap(({ list, key, what }) =>
    listsAt(value, list).flatMap(({ path, entries }) => {
      const first = new Map<string, number>();
      return entries.flatMap((entry, index): readonly Duplicate[] => {
        const text = key === undefined ? entry : property(entry, key);
        if (typeof text !== 'string') return [];
        const before = first.get(text);
        if (before !== undefined) return [{ path: [...path, index, ...(key === undefined ? [] : [key])], message: `${shown(text)}: ${what} is there already, at [${before}]` }];
        first.set(text, index);
        return [];
      });
    }),
  );
}

function listsAt(value: unknown, way: readonly string[], path: Path = []): readonly { readonly path: Path; readonly entries: readonly unknown[] }[] {
  const [step, ...rest] = way;
  if (step === undefined) return Array.isArray(value) ? [{ path, entries: value }] : [];
  if (step === '*') return Array.isArray(value) ? value.flatMap((entry, index) => listsAt(entry, rest, [...path, index])) : [];
  return listsAt(property(value, step), rest, [...path, step]);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
