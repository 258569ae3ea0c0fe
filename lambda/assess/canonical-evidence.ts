import type { Evidence, Json } from '../model/violation.ts';

/** Longest list that evidence carries; a longer one is cut and its total said. */
const LIST_CAP = 20;
/** Longest string in evidence, in UTF-16 units: names and selectors fit, a planted novel does not. */
const STRING_CAP = 1_000;

/** Keys sorted, lists over the cap cut with `{ first, total }`, long strings cut with an ellipsis: the same facts give the same bytes. */
export function canonicalEvidence(evidence: Evidence): Evidence {
  return canonicalObject(evidence);
}

function canonicalObject(value: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, canonical(value[key]!)]),
  );
}

function canonical(value: Json): Json {
  if (typeof value === 'string') return value.length > STRING_CAP ? `${value.slice(0, STRING_CAP - 1)}…` : value;
  if (value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value)) return canonicalObject(value as { readonly [key: string]: Json });
  const items = value.map(canonical);
  return items.length > LIST_CAP ? { first: items.slice(0, LIST_CAP), total: items.length } : items;
}
