import { cappedName, cappedText } from '../model/capped-text.ts';
import { setOwn } from '../model/set-own.ts';
import type { Evidence, Json } from '../model/violation.ts';

/** Longest list that evidence carries; a longer one is cut and its total said. */
const LIST_CAP = 20;
/** Longest evidence altogether, in UTF-16 units of JSON. Lists in lists of long names would be megabytes. */
const WHOLE_CAP = 65_536;

/** Keys sorted, lists over the cap cut with `{ first, total }`, long strings cut with an ellipsis: the same facts give the same bytes. */
export function canonicalEvidence(evidence: Evidence): Evidence {
  // One fact shows thousands of findings in a row.
  if (last?.given !== evidence) {
    const whole = canonicalObject(evidence);
    last = { given: evidence, made: JSON.stringify(whole).length > WHOLE_CAP ? beginnings(whole) : whole };
  }
  return last.made;
}

let last: { readonly given: Evidence; readonly made: Evidence } | undefined;

/** Where all of it is too much: the beginning of each fact, as JSON. */
function beginnings(evidence: Evidence): Evidence {
  const facts = Object.entries(evidence).slice(0, LIST_CAP);
  return Object.fromEntries(facts.map(([name, value]) => [cappedName(name), cappedText(JSON.stringify(value))]));
}

function canonicalObject(value: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  const sorted: Record<string, Json> = {};
  for (const key of Object.keys(value).sort()) setOwn(sorted, key, canonical(value[key]!));
  return sorted;
}

function canonical(value: Json): Json {
  if (typeof value === 'string') return cappedText(value);
  if (value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value)) return canonicalObject(value as { readonly [key: string]: Json });
  const items = value.map(canonical);
  return items.length > LIST_CAP ? { first: items.slice(0, LIST_CAP), total: items.length } : items;
}
